package io.holdfast.netty;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.ConnectFailedException.Stage;
import io.holdfast.client.spi.NonBlockingThread;
import io.holdfast.netty.internal.session.Deadlines;
import io.holdfast.netty.internal.session.NettyConnection;
import io.holdfast.netty.internal.transport.ConnectAttempt;
import io.holdfast.netty.internal.transport.EventLoops;
import io.holdfast.netty.internal.transport.Lookups;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Makes connections on Netty's event loops: its own ({@link #create()}), or those of a program that has some
 * ({@link #on(EventLoopGroup)}). Epoll is used where there is one, NIO else.
 *
 * <p>Its threads are daemons, named {@code holdfast-io-<n>} (event loops) and {@code holdfast-lookup-<n>} (name look-ups and key
 * files, alive only while connecting): they do not keep a program running, and end with {@link #close(Duration)}.
 *
 * <p>Host names are looked up anew at each attempt, through the JDK, which keeps answers for 30 seconds unless the security
 * property {@code networkaddress.cache.ttl} says otherwise. All addresses of a name are tried in turn, those of the preferred
 * family first.
 *
 * <p>Thread-safe.
 */
public final class NettyConnector implements Connector {

    private final EventLoops loops;
    private final Lookups lookups;
    private final Set<ConnectAttempt> attempts = ConcurrentHashMap.newKeySet();
    private final Set<NettyConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    NettyConnector(EventLoops loops, Lookups lookups) {
        this.loops = loops;
        this.lookups = lookups;
    }

    /** A connector with one event loop of its own: enough for the few connections that a client has. */
    public static NettyConnector create() {
        return withThreads(1);
    }

    /**
     * A connector with this many event loops of its own, which its connections share.
     *
     * @param threads at least 1
     */
    public static NettyConnector withThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is at least 1, not " + threads);
        }
        return new NettyConnector(EventLoops.own(threads), new Lookups());
    }

    /**
     * A connector on event loops that belong to the caller, who ends them after this connector was closed. A blocking call of a
     * client on one of their threads can be refused only if they implement {@link NonBlockingThread}.
     *
     * @throws IllegalArgumentException if the group is neither one of epoll nor of NIO
     */
    public static NettyConnector on(EventLoopGroup group) {
        return new NettyConnector(EventLoops.borrow(group), new Lookups());
    }

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request) {
        ConnectAttempt attempt = new ConnectAttempt(request, loops, lookups, this::made);
        attempts.add(attempt);
        if (closed) {
            attempts.remove(attempt);
            return CompletableFuture.failedFuture(
                    new ConnectFailedException(request.endpoint(), Stage.DNS, "the connector is closed", null));
        }
        var unused = attempt.result().whenComplete((connection, failure) -> attempts.remove(attempt));
        attempt.start();
        return attempt.result();
    }

    /**
     * {@inheritDoc}
     *
     * <p>On a thread that must not wait (one of its own, say) it begins everything and returns {@code false}.
     */
    @Override
    public boolean close(Duration timeout) {
        long deadline = now() + Deadlines.nanos(timeout);
        closed = true;
        attempts.forEach(attempt -> attempt.abandon("the connector is closed"));
        // half of the time for what is queued, so that some is left to end the threads in
        connections.forEach(connection -> connection.close(timeout.dividedBy(2)));
        CompletableFuture<?> quiet = CompletableFuture.allOf(Stream.concat(
                        attempts.stream().map(attempt -> attempt.result().handle((made, failure) -> failure)),
                        connections.stream().map(Connection::closed).map(CompletionStage::toCompletableFuture))
                .toArray(CompletableFuture[]::new));
        if (Thread.currentThread() instanceof NonBlockingThread) {
            var unused = quiet.thenRun(() -> {
                loops.shutdown(Deadlines.nanos(timeout));
                lookups.shutdown();
            });
            return false;
        }
        try {
            boolean gone = isDone(quiet, deadline);
            loops.shutdown(left(deadline));
            lookups.shutdown();
            boolean ended = loops.awaitEnd(left(deadline));
            return lookups.awaitEnd(left(deadline)) && ended && gone;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void made(NettyConnection connection) {
        connections.add(connection);
        var unused = connection.closed().thenRun(() -> connections.remove(connection));
        if (closed) {
            connection.close(Duration.ZERO);
        }
    }

    private static boolean isDone(CompletableFuture<?> quiet, long deadline) throws InterruptedException {
        try {
            quiet.get(left(deadline), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a stage that never fails has failed", e);
        }
    }

    private static long left(long deadline) {
        return Math.max(0, deadline - now());
    }

    private static long now() {
        return Ticker.systemTicker().nanoTime();
    }
}
