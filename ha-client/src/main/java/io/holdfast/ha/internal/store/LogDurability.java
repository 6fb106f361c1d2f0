package io.holdfast.ha.internal.store;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits until what was written to a log is on the disk, for many threads at once; a disk that fails at it breaks the log. Any
 * thread, without the log's lock.
 */
final class LogDurability {

    private final ReentrantLock lock;
    private final LogFiles files;
    private final LogCondition condition;
    private final GroupCommit commit = new GroupCommit(this::written, this::force);

    LogDurability(ReentrantLock lock, LogFiles files, LogCondition condition) {
        this.lock = lock;
        this.files = files;
        this.condition = condition;
    }

    /**
     * Returns when everything written so far is durable. Whoever wrote just before the end finds that closing has made it so.
     *
     * @throws io.holdfast.client.error.StoreException if it cannot be made so, or the log was closed without it
     */
    void await() {
        lock.lock();
        try {
            if (condition.isEndKept()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        try {
            awaitAtEnd();
        } catch (IOException e) {
            lock.lock();
            try {
                throw condition.broken(e);
            } finally {
                lock.unlock();
            }
        }
    }

    /** {@link #await()} for closing, which tells a failure itself. */
    void awaitAtEnd() throws IOException {
        commit.await(written());
    }

    private long written() {
        lock.lock();
        try {
            condition.check();
            return files.written();
        } finally {
            lock.unlock();
        }
    }

    /** One call at a time. */
    private void force() throws IOException {
        LogFiles.Unforced unforced;
        lock.lock();
        try {
            unforced = files.takeUnforced();
        } finally {
            lock.unlock();
        }
        unforced.force();
        lock.lock();
        try {
            files.forced(unforced);
        } finally {
            lock.unlock();
        }
    }
}
