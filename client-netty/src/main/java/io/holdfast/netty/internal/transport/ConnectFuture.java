package io.holdfast.netty.internal.transport;

import io.holdfast.client.connect.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The outcome of an attempt, whose dependents run on the thread that completes it, the connection's, even while another
 * thread waits for it.
 *
 * <p>In a plain {@link CompletableFuture} a thread that wakes up in {@code get} helps to run dependents; then what was to
 * happen before the first delivery would run beside it. Here a waiting thread waits for a dependent of its own.
 */
final class ConnectFuture extends CompletableFuture<Connection> {

    @Override
    public Connection get() throws InterruptedException, ExecutionException {
        if (!isDone()) {
            done().get();
        }
        return super.get();
    }

    @Override
    public Connection get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!isDone()) {
            done().get(timeout, unit);
        }
        return super.get(timeout, unit);
    }

    @Override
    public Connection join() {
        if (!isDone()) {
            done().join();
        }
        return super.join();
    }

    private CompletableFuture<Boolean> done() {
        return handle((connection, failure) -> failure == null);
    }
}
