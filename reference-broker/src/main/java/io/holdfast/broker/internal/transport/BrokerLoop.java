package io.holdfast.broker.internal.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The broker's one thread: an event loop (epoll where there is one, else NIO) that all state is confined to. */
public final class BrokerLoop {

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

    private final Thread[] thread = new Thread[1];
    private final IoEventLoop loop;

    /** Starts a loop; the instance's name goes into the thread's. */
    public BrokerLoop(String instance) {
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        loop = new SingleThreadIoEventLoop(
                null,
                task -> {
                    Thread made = new Thread(task, "holdfast-broker-" + instance);
                    made.setDaemon(true);
                    synchronized (thread) {
                        thread[0] = made;
                    }
                    return made;
                },
                io);
    }

    /** Netty's view of it. */
    public IoEventLoop netty() {
        return loop;
    }

    /** The kind of server socket that fits it. */
    public Class<? extends ServerChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** The kind of client socket that fits it. */
    public Class<? extends SocketChannel> socketChannel() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /**
     * Runs a question on the loop and waits for its answer; on the loop itself it runs at once.
     *
     * @throws IllegalStateException if there is no answer within the deadline, or the broker is closed
     */
    public <T> T ask(Callable<T> question, Duration deadline) {
        try {
            if (loop.inEventLoop()) {
                return question.call();
            }
            Future<T> answer = loop.submit(question);
            return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the broker", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the broker did not answer within " + deadline, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker failed to answer", e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException("the broker failed to answer", e);
        }
    }

    /** Ends the thread and waits for it, at most 5 s; true if it is gone. */
    public boolean stop() {
        var unused = loop.shutdownGracefully(0, STOP_DEADLINE.toMillis() / 2, TimeUnit.MILLISECONDS);
        Thread running;
        synchronized (thread) {
            running = thread[0];
        }
        if (running == null || running == Thread.currentThread()) {
            return running == null;
        }
        try {
            running.join(STOP_DEADLINE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !running.isAlive();
    }
}
