package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.BlockingCallRefusedException;
import io.holdfast.client.spi.NonBlockingThread;
import org.jspecify.annotations.Nullable;

/**
 * Knows on which threads a call of this client must not wait: those that have to deliver what it would wait for.
 *
 * <p>Lanes, the listener's dispatch, alarms and the closing mark their thread while they deliver; a transport tells its
 * own. Thread-safe.
 */
final class BlockingGuard {

    /** What delivers on this thread for this client. Per client: a handler of one client may block on another. */
    @SuppressWarnings("ThreadLocalUsage") // removed after each delivery
    private final ThreadLocal<@Nullable Object> delivering = new ThreadLocal<>();

    private volatile @Nullable Connection connection;

    /** From now on asks this connection too. */
    void attach(Connection current) {
        connection = current;
    }

    /** Marks this thread as delivering for {@code who}; what it did before is to be handed to {@link #exit}. */
    @Nullable
    Object enter(Object who) {
        Object before = delivering.get();
        delivering.set(who);
        return before;
    }

    /** Takes the mark of {@link #enter} back. */
    void exit(@Nullable Object before) {
        if (before == null) {
            delivering.remove();
        } else {
            delivering.set(before);
        }
    }

    /** Runs a task whose consequences may be the application's code, which must not wait on this thread either. */
    void guarded(Runnable task) {
        Object before = enter(task);
        try {
            task.run();
        } finally {
            exit(before);
        }
    }

    /** Whether this thread is now inside a delivery of {@code who}. */
    boolean isInside(Object who) {
        return delivering.get() == who;
    }

    /** Whether a call on this thread may wait. */
    boolean mayBlock() {
        Connection current = connection;
        return !(Thread.currentThread() instanceof NonBlockingThread)
                && delivering.get() == null
                && (current == null || !current.ownsCurrentThread());
    }

    /**
     * Lets a blocking call through, or refuses it.
     *
     * @param call the method's name
     */
    void check(String call) {
        if (!mayBlock()) {
            throw new BlockingCallRefusedException(call, Thread.currentThread().getName());
        }
    }
}
