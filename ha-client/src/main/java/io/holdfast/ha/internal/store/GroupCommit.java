package io.holdfast.ha.internal.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes what many threads wrote durable with few calls to the disk: the first who asks has everything forced that is written by
 * then, and what comes too late for that goes next. The disk is called by a thread that nobody waits for beyond his deadline.
 *
 * <pre>
 * await --asked--&gt; force, force ... --&gt; idle
 *   |                 \--fails--&gt; failed, for everybody and for good
 *   \--deadline--&gt; stalled, until a force is back
 * </pre>
 *
 * <p>A failure is final: after it the operating system takes what it could not write for written, so that a second try would
 * succeed with nothing on the disk. Thread-safe.
 */
final class GroupCommit {

    private final Disk disk;
    private final Executor thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forced = lock.newCondition();
    private final List<Runnable> whenIdle = new ArrayList<>();
    private long wanted;
    private long durable;
    private boolean forcing;
    private @Nullable IOException failure;
    private volatile boolean stalled;

    /**
     * A commit.
     *
     * @param thread calls the disk
     */
    GroupCommit(Disk disk, Executor thread) {
        this.disk = disk;
        this.thread = thread;
    }

    /** What is made durable. Called without a lock held. */
    interface Disk {

        /** How many bytes were written so far. */
        long written();

        /** Makes at least those durable that were written before; one call at a time. */
        void force() throws IOException;

        /** The first deadline has passed while it is being forced. */
        void stalls();

        /** After that: it was forced. */
        void moves();
    }

    /**
     * Waits until this many bytes are durable.
     *
     * @return whether they are; if not, the time is over
     * @throws IOException if they cannot be made so, now or since an earlier call of the disk failed
     */
    boolean await(long bytes, long nanos) throws IOException {
        boolean starts;
        lock.lock();
        try {
            if (durable >= bytes) {
                return true;
            }
            checkFailed();
            wanted = Math.max(wanted, bytes);
            starts = !forcing;
            forcing = true;
        } finally {
            lock.unlock();
        }
        if (starts) {
            start();
        }
        return isForced(bytes, nanos);
    }

    private void start() {
        try {
            thread.execute(this::forceWhatIsWanted);
        } catch (RejectedExecutionException e) {
            forced(0, new IOException("the store's thread has ended", e));
        }
    }

    private boolean isForced(long bytes, long nanos) throws IOException {
        boolean first;
        boolean interrupted = false;
        lock.lock();
        try {
            long left = nanos;
            while (durable < bytes && left > 0) {
                checkFailed();
                try {
                    left = forced.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true; // the message is stored: what became of it is told all the same
                }
            }
            if (durable >= bytes) {
                return true;
            }
            checkFailed();
            first = !stalled;
            stalled = true;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (first) {
            disk.stalls();
        }
        return false;
    }

    private void checkFailed() throws IOException {
        if (failure != null) {
            throw new IOException("what was written is not known to be on the disk", failure);
        }
    }

    private void forceWhatIsWanted() {
        boolean again = true;
        while (again) {
            long through = disk.written();
            IOException failed = new IOException("the disk was not asked");
            try {
                disk.force();
                failed = null;
            } catch (IOException e) {
                failed = e;
            } finally {
                again = forced(through, failed);
            }
        }
    }

    /** The disk has answered. Returns whether it is to be asked again. */
    private boolean forced(long through, @Nullable IOException failed) {
        boolean again;
        boolean wasStalled;
        List<Runnable> idle = List.of();
        lock.lock();
        try {
            wasStalled = stalled;
            stalled = false;
            failure = failure == null ? failed : failure;
            durable = failed == null ? Math.max(durable, through) : durable;
            again = failure == null && wanted > durable;
            forcing = again;
            if (!again) {
                idle = List.copyOf(whenIdle);
                whenIdle.clear();
            }
            forced.signalAll();
        } finally {
            lock.unlock();
        }
        if (wasStalled && failed == null) {
            disk.moves();
        }
        idle.forEach(Runnable::run);
        return again;
    }

    /** Whether somebody's deadline has passed and the disk has not answered since. */
    boolean isStalled() {
        return stalled;
    }

    /** Nothing is forced any more from now on; runs this when no call of the disk is out, now or on its thread. */
    void end(Runnable whenOver) {
        lock.lock();
        try {
            failure = failure == null ? new IOException("the store is closed") : failure;
            if (forcing) {
                whenIdle.add(whenOver);
                forced.signalAll();
                return;
            }
        } finally {
            lock.unlock();
        }
        whenOver.run();
    }
}
