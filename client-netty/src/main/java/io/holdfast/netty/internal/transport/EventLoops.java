package io.holdfast.netty.internal.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The event loops of a connector, with the kind of socket that fits them: epoll where there is one, NIO else. */
public final class EventLoops {

    private final EventLoopGroup group;
    private final Class<? extends SocketChannel> channelType;
    private final @Nullable OwnedThreads threads;

    private EventLoops(
            EventLoopGroup group, Class<? extends SocketChannel> channelType, @Nullable OwnedThreads threads) {
        this.group = group;
        this.channelType = channelType;
        this.threads = threads;
    }

    /** Loops of our own, on this many threads, which end with {@link #shutdown}. */
    public static EventLoops own(int threads) {
        boolean epoll = Epoll.isAvailable();
        OwnedThreads owned = new OwnedThreads("holdfast-io", IoThread::new);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                threads, owned, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        return new EventLoops(group, epoll ? EpollSocketChannel.class : NioSocketChannel.class, owned);
    }

    /**
     * Loops of somebody else, who also ends them.
     *
     * @throws IllegalArgumentException if they are neither of epoll nor of NIO
     */
    public static EventLoops borrow(EventLoopGroup group) {
        if (group instanceof IoEventLoopGroup io) {
            if (io.isIoType(EpollIoHandler.class)) {
                return new EventLoops(group, EpollSocketChannel.class, null);
            }
            if (io.isIoType(NioIoHandler.class)) {
                return new EventLoops(group, NioSocketChannel.class, null);
            }
        }
        throw new IllegalArgumentException("an event loop group of epoll or NIO is needed, not " + group);
    }

    EventLoop next() {
        return group.next();
    }

    Class<? extends SocketChannel> channelType() {
        return channelType;
    }

    /** Begins to end owned threads, closing their sockets; queued tasks may take up to so long. */
    public void shutdown(long timeoutNanos) {
        if (threads != null) {
            var unused = group.shutdownGracefully(0, timeoutNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Waits for the end of owned threads; returns whether none is left. */
    public boolean awaitEnd(long timeoutNanos) throws InterruptedException {
        return threads == null
                || (group.awaitTermination(timeoutNanos, TimeUnit.NANOSECONDS) && threads.join(timeoutNanos));
    }
}
