package io.holdfast.ha.internal.store;

import io.holdfast.client.error.StoreException;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits until what was written to a log is on the disk, for many threads at once; a disk that fails at it breaks the log, one that
 * does not answer holds up nobody beyond his deadline. Any thread, without the log's lock.
 */
final class LogDurability implements GroupCommit.Disk {

    /** How long the store's own work waits. */
    static final long PATIENCE_NANOS = 10_000_000_000L;

    private final ReentrantLock lock;
    private final LogFiles files;
    private final LogCondition condition;
    private final GroupCommit commit;

    /**
     * Of these files.
     *
     * @param disk the thread that waits for the disk
     */
    LogDurability(ReentrantLock lock, LogFiles files, LogCondition condition, Executor disk) {
        this.lock = lock;
        this.files = files;
        this.condition = condition;
        commit = new GroupCommit(this, disk);
    }

    /**
     * Returns when everything written so far is durable. Whoever wrote just before the end finds that closing has made it so.
     *
     * @throws StoreException if it cannot be made so, if the time is over, or if the log was closed without it
     */
    void await(long nanos) {
        long bytes;
        lock.lock();
        try {
            if (condition.isEndKept()) {
                return;
            }
            bytes = files.written();
        } finally {
            lock.unlock();
        }
        try {
            if (!commit.await(bytes, nanos)) {
                throw condition.hangs();
            }
        } catch (IOException e) {
            lock.lock();
            try {
                throw condition.notForced(e);
            } finally {
                lock.unlock();
            }
        }
    }

    /** {@link #await} for closing, which tells a failure itself. */
    void awaitAtEnd(long nanos) throws IOException {
        if (!commit.await(written(), nanos)) {
            throw new IOException("the disk has not answered in time; the folder stays locked until it does");
        }
    }

    /** See {@link GroupCommit#isStalled()}. */
    boolean isStalled() {
        return commit.isStalled();
    }

    /** See {@link GroupCommit#end}. */
    void end(Runnable whenOver) {
        commit.end(whenOver);
    }

    @Override
    public long written() {
        lock.lock();
        try {
            return files.written();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void force() throws IOException {
        LogFiles.Unforced unforced;
        lock.lock();
        try {
            unforced = files.takeUnforced();
        } finally {
            lock.unlock();
        }
        try {
            unforced.force();
        } catch (IOException e) {
            lock.lock();
            try {
                condition.failedToForce(e);
            } finally {
                lock.unlock();
            }
            throw e;
        }
        lock.lock();
        try {
            files.forced(unforced);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stalls() {
        condition.stalls();
    }

    @Override
    public void moves() {
        condition.moves();
    }
}
