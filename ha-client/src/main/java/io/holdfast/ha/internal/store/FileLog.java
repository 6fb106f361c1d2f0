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
 *    \--sync=always--&gt; LogDurability: the disk's answer, for many at once, on a thread of its own
 * forget --&gt; noted, and a second later written down by Tidying, which deletes files with nothing left in them
 * </pre>
 *
 * <p>Thread-safe; its lock is held for one write of the operating system at most, never for a disk's answer.
 */
final class FileLog implements PublishLog {

    private static final Logger LOG = LoggerFactory.getLogger(FileLog.class);

    /** What a disk that answers gets to keep the end, also if nothing is left of the time for closing. */
    private static final long LEAST_END_NANOS = 100_000_000;

    private final Sync sync;
    private final StoreThread thread;
    private final StoreLock folderLock;
    private final Clock clock;
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
        this.clock = clock;
        // Once: a step of the wall's clock must not show in ages.
        this.wallMillisAtZero = clock.instant().toEpochMilli() - clock.nanoTime() / 1_000_000;
        condition = new LogCondition(folder, clientName);
        RecoveredMessages recovered = new RecoveredMessages(millis -> (millis - wallMillisAtZero) * 1_000_000);
        NavigableMap<Integer, Segment> segments = new LogRecovery(folder, clientName, recovered).read();
        boolean existed = !segments.isEmpty();
        files = new LogFiles(
                folder, clientName, options.segmentBytes(), condition, segments, recovered, LogState.fresh(freshTag));
        found = new Found(files.state(), recovered.messages());
        durability = new LogDurability(lock, files, condition, thread::onDisk);
        reader = new MessageReader(lock, files, condition);
        states = new StateWriter(thread, lock, files, condition, durability);
        tidying = new Tidying(folder, thread, lock, files, condition, this::isOnDisk);
        if (!existed) {
            durability.awaitAtEnd(LogDurability.PATIENCE_NANOS);
        } else if (!files.over().isEmpty()) {
            tidying.later();
        }
        condition.opened();
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
            if (sync == Sync.ALWAYS && durability.isStalled()) {
                throw condition.hangs(); // before it is stored: it would wait in vain, and could be sent
            }
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
    public void awaitDurable(Duration timeout) {
        if (sync == Sync.ALWAYS) {
            durability.await(timeout.toNanos());
        }
    }

    /** For tidying, which comes again: a disk that hangs is waited for once. */
    private boolean isOnDisk(boolean deletes) {
        if (!deletes && sync != Sync.INTERVAL) {
            return true;
        }
        if (durability.isStalled()) {
            return false;
        }
        durability.await(LogDurability.PATIENCE_NANOS);
        return true;
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
        long end = clock.nanoTime() + timeout.toNanos();
        try {
            keepEnd(last, Math.max(timeout.toNanos(), LEAST_END_NANOS));
        } catch (IOException | StoreException e) {
            LOG.warn(
                    "HF-2304 store-end-not-kept folder=\"{}\" detail=\"{}\"",
                    Untrusted.escape(condition.folder().toString()),
                    Untrusted.escape(e.toString()));
        }
        thread.end(Duration.ofNanos(Math.max(0, end - clock.nanoTime())));
        // Not under a call of the disk that is out: then its thread does it, and the folder is nobody else's until
        // then.
        durability.end(this::closeFiles);
    }

    private void keepEnd(LogState last, long nanos) throws IOException {
        lock.lock();
        try {
            boolean usable = condition.isUsable();
            condition.closed();
            if (!usable) {
                return;
            }
            files.noteSettled();
            files.keep(last);
        } finally {
            lock.unlock();
        }
        if (sync != Sync.NEVER) {
            durability.awaitAtEnd(nanos);
        }
        lock.lock();
        try {
            condition.endKept();
            if (sync != Sync.NEVER) {
                files.noteForced();
            }
        } finally {
            lock.unlock();
        }
    }

    private void closeFiles() {
        List<Segment> all;
        lock.lock();
        try {
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
