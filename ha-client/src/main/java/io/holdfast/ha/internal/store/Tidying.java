package io.holdfast.ha.internal.store;

import io.holdfast.client.error.StoreException;
import io.holdfast.ha.internal.identity.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done a while after something changed in a log: settled messages are noted, and files with nothing left in them
 * deleted, as soon as a power failure would not miss them. On the store's thread.
 */
final class Tidying {

    private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

    /** How long settled messages, and between two forced writes new ones, wait. */
    private static final long INTERVAL_NANOS = 1_000_000_000;

    private final Path folder;
    private final StoreThread thread;
    private final ReentrantLock lock;
    private final LogFiles files;
    private final LogCondition condition;
    private final Disk disk;

    /** Confined to the lock. */
    private boolean due;

    /** Of the log: waits for the disk. */
    interface Disk {
        /**
         * Makes everything written durable, if the files that are over, or the log's promise, need it.
         *
         * @return whether it is; if not, the disk hangs
         * @throws StoreException if it cannot be, or not in time
         */
        boolean isOnDisk(boolean deletes);
    }

    Tidying(Path folder, StoreThread thread, ReentrantLock lock, LogFiles files, LogCondition condition, Disk disk) {
        this.folder = folder;
        this.thread = thread;
        this.lock = lock;
        this.files = files;
        this.condition = condition;
        this.disk = disk;
    }

    /** Something changed. With the lock held. */
    void later() {
        if (!due && !condition.isClosed()) {
            due = true;
            thread.after(INTERVAL_NANOS, this::run);
        }
    }

    private void run() {
        List<Segment> over;
        lock.lock();
        try {
            due = false;
            if (!condition.isUsable()) {
                return;
            }
            over = noteSettled() ? files.over() : List.of();
        } finally {
            lock.unlock();
        }
        try {
            if (disk.isOnDisk(!over.isEmpty())) {
                delete(over);
            } else {
                again();
            }
        } catch (StoreException e) {
            LOG.debug("a log that has failed, hangs or was closed, which was told, is not tidied up", e);
            again();
        }
    }

    private void again() {
        lock.lock();
        try {
            if (condition.isUsable()) {
                later();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean noteSettled() {
        try {
            files.noteSettled();
            return true;
        } catch (IOException e) {
            // A disk that is full now may take it a second later; publishing says that it is full.
            LOG.debug("what is settled could not be noted yet", e);
            later();
            return false;
        }
    }

    private void delete(List<Segment> over) {
        if (over.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            files.remove(over);
        } finally {
            lock.unlock();
        }
        try {
            for (Segment segment : over) {
                segment.file().close();
                Files.deleteIfExists(segment.file().path());
            }
            PrivateFiles.syncFolder(folder);
        } catch (IOException e) {
            lock.lock();
            try {
                throw condition.broken(e);
            } finally {
                lock.unlock();
            }
        }
    }
}
