package io.holdfast.ha.internal.store;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Makes what many threads wrote durable with few calls to the disk: the first who asks forces everything written by then, the
 * others wait for him, and the first of those whose bytes came too late goes next. Thread-safe.
 */
final class GroupCommit {

    private final LongSupplier written;
    private final Force force;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forced = lock.newCondition();
    private long durable;
    private boolean forcing;

    /**
     * A commit.
     *
     * @param written how many bytes were written so far
     * @param force makes at least those durable; one call at a time
     */
    GroupCommit(LongSupplier written, Force force) {
        this.written = written;
        this.force = force;
    }

    /** Makes what was written durable. */
    @FunctionalInterface
    interface Force {
        /** Does it. */
        void run() throws IOException;
    }

    /**
     * Returns when this many bytes are durable.
     *
     * @throws IOException if they cannot be made so, as far as this call knows: another's failure is his
     */
    void await(long bytes) throws IOException {
        lock.lock();
        try {
            while (durable < bytes) {
                if (forcing) {
                    forced.awaitUninterruptibly();
                } else {
                    forceNow();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** With the lock held, which it gives back meanwhile. */
    private void forceNow() throws IOException {
        forcing = true;
        lock.unlock();
        long through = 0;
        try {
            long now = written.getAsLong();
            force.run();
            through = now;
        } finally {
            lock.lock();
            forcing = false;
            durable = Math.max(durable, through);
            forced.signalAll();
        }
    }
}
