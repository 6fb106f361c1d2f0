package io.holdfast.ha.internal.store;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.spi.Clock;
import io.holdfast.ha.internal.identity.StoreLock;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps messages in files of one folder, which it locks.
 *
 * <pre>
 * append --&gt; LogFiles: one write into the newest file
 *    \--sync=always--&gt; LogDurability: the disk's answer, for many at once
 * forget --&gt; noted, and a second later written down by Tidying, which deletes files with nothing left in them
 * </pre>
 *
 * <p>Thread-safe; its lock is held for one write of the operating system at most, never for a disk's answer.
 */
final class FileLog implements PublishLog {

    private static final Logger LOG = LoggerFactory.getLogger(FileLog.class);

    private final Sync sync;
    private final StoreThread thread;
    private final StoreLock folderLock;
    private final long wallMillisAtZero;
    private final Found found;

    private final ReentrantLock lock = new ReentrantLock();
    private final LogCondition condition;
    private final LogFiles files;
    private final LogDurability durability;
    private final MessageReader reader;
    private final StateWriter states;
    private final Tidying tidying;

    private FileLog(
            Path folder,
            String clientName,
            PublishStoreOptions options,
            StoreThread thread,
            StoreLock folderLock,
            Clock clock,
            int freshTag)
            throws IOException {
        this.sync = options.sync();
        this.thread = thread;
        this.folderLock = folderLock;
        // Once: a step of the wall's clock must not show in ages.
        this.wallMillisAtZero = clock.instant().toEpochMilli() - clock.nanoTime() / 1_000_000;
        condition = new LogCondition(folder, clientName);
        RecoveredMessages recovered = new RecoveredMessages(millis -> (millis - wallMillisAtZero) * 1_000_000);
        NavigableMap<Integer, Segment> segments = new LogRecovery(folder, clientName, recovered).read();
        boolean existed = !segments.isEmpty();
        files = new LogFiles(
                folder, clientName, options.segmentBytes(), condition, segments, recovered, LogState.fresh(freshTag));
        found = new Found(files.state(), recovered.messages());
        durability = new LogDurability(lock, files, condition);
        reader = new MessageReader(lock, files, condition);
        states = new StateWriter(thread, lock, files, condition, durability);
        tidying = new Tidying(folder, thread, lock, files, condition, this::awaitBeforeDeleting);
        if (!existed) {
            durability.awaitAtEnd();
        } else if (!files.over().isEmpty()) {
            tidying.later();
        }
    }

    /**
     * Opens the log of a client name in a folder, which is made if it is missing.
     *
     * @param freshTag the tag of a store that is made now
     * @throws StoreException if it cannot be had
     */
    static FileLog open(
            Path folder,
            String clientName,
            PublishStoreOptions options,
            StoreThread thread,
            Clock clock,
            int freshTag) {
        StoreLock folderLock = StoreLock.of(folder, "the publish store of client " + clientName);
        boolean opened = false;
        try {
            FileLog log = new FileLog(folder, clientName, options, thread, folderLock, clock, freshTag);
            opened = true;
            return log;
        } catch (IOException e) {
            throw LogCondition.unavailable(folder, e);
        } finally {
            if (!opened) {
                release(folderLock);
            }
        }
    }

    @Override
    public boolean keepsMessages() {
        return true;
    }

    @Override
    public boolean isOnDisk() {
        return true;
    }

    @Override
    public Found found() {
        return found;
    }

    @Override
    public void append(StoredPublish entry, PublishRequest request, long replaces) {
        lock.lock();
        try {
            condition.check();
            files.append(entry, request, replaces, wallMillisAtZero + entry.storedAtNanos / 1_000_000);
            if (sync == Sync.INTERVAL) {
                tidying.later();
            }
        } catch (IOException e) {
            throw condition.unavailable(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitDurable() {
        if (sync == Sync.ALWAYS) {
            durability.await();
        }
    }

    private void awaitBeforeDeleting(boolean deletes) {
        if (deletes || sync == Sync.INTERVAL) {
            durability.await();
        }
    }

    @Override
    public @Nullable PublishRequest read(StoredPublish entry) {
        return reader.read(entry);
    }

    @Override
    public void forget(StoredPublish entry) {
        replaced(entry.id(), entry.place);
    }

    @Override
    public void replaced(long formerId, long formerPlace) {
        lock.lock();
        try {
            files.settled(formerId, formerPlace);
            tidying.later();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<Void> writing(LogState now) {
        return states.writing(now);
    }

    @Override
    public void idle(LogState now) {
        states.idle(now);
    }

    @Override
    public void close(LogState last, Duration timeout) {
        thread.end(timeout);
        try {
            keepEnd(last);
        } catch (IOException | StoreException e) {
            LOG.warn(
                    "HF-2304 store-end-not-kept folder=\"{}\" detail=\"{}\"",
                    Untrusted.escape(condition.folder().toString()),
                    Untrusted.escape(e.toString()));
        } finally {
            closeFiles();
        }
    }

    private void keepEnd(LogState last) throws IOException {
        lock.lock();
        try {
            if (!condition.isUsable()) {
                return;
            }
            files.noteSettled();
            files.keep(last);
        } finally {
            lock.unlock();
        }
        if (sync != Sync.NEVER) {
            durability.awaitAtEnd(); // not past a thread that is at it: closing the files would leave it without
        }
        lock.lock();
        try {
            if (sync != Sync.NEVER) {
                files.keep(last); // says that all before it is on the disk
            }
            condition.endKept();
        } finally {
            lock.unlock();
        }
    }

    private void closeFiles() {
        List<Segment> all;
        lock.lock();
        try {
            condition.closed();
            all = files.all();
        } finally {
            lock.unlock();
        }
        for (Segment segment : all) {
            try {
                segment.file().close();
            } catch (IOException e) {
                LOG.debug("closing a file of a store failed", e);
            }
        }
        release(folderLock);
    }

    private static void release(StoreLock folderLock) {
        try {
            folderLock.close();
        } catch (IOException e) {
            LOG.debug("a store's lock ends with the process", e);
        }
    }
}
