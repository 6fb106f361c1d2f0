package io.holdfast.ha.internal.store;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Makes what many threads wrote durable with few calls to the disk: the first who asks forces everything written by then, the
 * others wait for him, and the first of those whose bytes came too late goes next. Thread-safe.
 *
 * <p>A failure is everybody's and final: after it the operating system takes what it could not write for written, so that a
 * second try would succeed with nothing on the disk.
 */
final class GroupCommit {

    private final LongSupplier written;
    private final Force force;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forced = lock.newCondition();
    private long durable;
    private boolean forcing;
    private boolean failed;

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
     * @throws IOException if they cannot be made so, now or since another's call failed
     */
    void await(long bytes) throws IOException {
        lock.lock();
        try {
            while (durable < bytes) {
                if (failed) {
                    throw new IOException("the disk has failed to make what was written before durable");
                }
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
        boolean asked = false;
        boolean made = false;
        long through = 0;
        try {
            through = written.getAsLong();
            asked = true;
            force.run();
            made = true;
        } finally {
            lock.lock();
            forcing = false;
            failed = asked && !made;
            durable = made ? Math.max(durable, through) : durable;
            forced.signalAll();
        }
    }
}
