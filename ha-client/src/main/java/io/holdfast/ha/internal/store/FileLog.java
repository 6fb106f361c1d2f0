package io.holdfast.ha.internal.store;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.spi.Clock;
import io.holdfast.ha.internal.identity.PrivateFiles;
import io.holdfast.ha.internal.identity.StoreLock;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions.Sync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps messages in files of one folder, which it locks.
 *
 * <pre>
 * append --&gt; one write into the newest file; full: the next file begins with all that must be known, so that older ones can go
 * forget --&gt; noted, and written on the store's thread within a second; a file with nothing left in it is then deleted
 * </pre>
 *
 * <p>Thread-safe; its lock is held for one write of the operating system at most, never for a disk's answer.
 */
final class FileLog implements PublishLog {

    private static final Logger LOG = LoggerFactory.getLogger(FileLog.class);

    /** How long settled messages, and under {@link Sync#INTERVAL} new ones, wait to be made durable. */
    static final long INTERVAL_NANOS = 1_000_000_000;

    private final Path folder;
    private final String clientName;
    private final Sync sync;
    private final int segmentBytes;
    private final StoreThread thread;
    private final StoreLock folderLock;
    private final long wallMillisAtZero;
    private final Found found;
    private final GroupCommit commit = new GroupCommit(this::written, this::force);

    private final ReentrantLock lock = new ReentrantLock();
    private final PublishRecords records = new PublishRecords();
    private final NavigableMap<Integer, Segment> segments;
    private final IdRanges settled;
    private final IdRanges unsaved = new IdRanges();
    private final List<SegmentFile> unforced = new ArrayList<>();
    private Segment newest;
    private LogState state;
    private boolean folderChanged;
    private long written;
    private boolean maintenanceDue;
    private boolean closed;
    private boolean endKept;
    private @Nullable StoreException broken;

    private FileLog(
            Path folder,
            String clientName,
            PublishStoreOptions options,
            StoreThread thread,
            StoreLock folderLock,
            Clock clock,
            int freshTag)
            throws IOException {
        this.folder = folder;
        this.clientName = clientName;
        this.sync = options.sync();
        this.segmentBytes = options.segmentBytes();
        this.thread = thread;
        this.folderLock = folderLock;
        // Once: a step of the wall's clock must not show in ages.
        this.wallMillisAtZero = clock.instant().toEpochMilli() - clock.nanoTime() / 1_000_000;
        LogRecovery recovery = new LogRecovery(folder, clientName, sync == Sync.ALWAYS);
        boolean existed = recovery.read(millis -> (millis - wallMillisAtZero) * 1_000_000);
        segments = recovery.segments();
        settled = recovery.settled();
        state = existed ? recovery.state() : LogState.fresh(freshTag);
        found = new Found(state, recovery.messages());
        found.messages().forEach(entry -> segment(entry.place).added());
        newest = existed ? segments.lastEntry().getValue() : begin(1);
        if (!existed) {
            force();
        } else if (segments.values().stream().anyMatch(this::isOver)) {
            maintainLater();
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
            throw unavailable(folder, e);
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
            checkUsable();
            long millis = wallMillisAtZero + entry.storedAtNanos / 1_000_000;
            ByteBuffer record = records.publish(entry.id(), replaces, millis, request);
            if (newest.end() + record.remaining() > segmentBytes && newest.isUsed()) {
                roll();
                record = records.publish(entry.id(), replaces, millis, request);
            }
            entry.place = newest.place(newest.end());
            write(record);
            newest.added();
            state = state.withLastId(entry.id());
            if (sync == Sync.INTERVAL) {
                maintainLater();
            }
        } catch (IOException e) {
            throw unavailable(folder, e);
        } finally {
            lock.unlock();
        }
    }

    /** Writes at the end, all or nothing. */
    private void write(ByteBuffer record) throws IOException {
        int bytes = record.remaining();
        boolean whole = false;
        try {
            newest.file().write(record, newest.end());
            whole = true;
        } finally {
            if (!whole) {
                cutOff();
            }
        }
        newest.wrote(bytes);
        written += bytes;
    }

    /** A disk that is full took a part. */
    private void cutOff() {
        try {
            newest.file().truncate(newest.end());
        } catch (IOException e) {
            fail(e);
        }
    }

    private void roll() throws IOException {
        Segment full = newest;
        newest = begin(full.number() + 1);
        unforced.add(full.file());
    }

    private Segment begin(int number) throws IOException {
        Path path = folder.resolve(Segment.fileName(number));
        SegmentFile file = SegmentFile.create(path);
        boolean whole = false;
        try {
            ByteBuffer header = records.header(clientName, state, settled);
            Segment segment = new Segment(number, file, header.remaining());
            written += header.remaining();
            file.write(header, 0);
            whole = true;
            segments.put(number, segment);
            folderChanged = true;
            return segment;
        } finally {
            if (!whole) {
                file.close();
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void awaitDurable() {
        if (sync == Sync.ALWAYS && !isKeptByClosing()) {
            awaitDisk();
        }
    }

    /** Whoever published just before the end finds that closing has made it durable. */
    private boolean isKeptByClosing() {
        lock.lock();
        try {
            return endKept;
        } finally {
            lock.unlock();
        }
    }

    private void awaitDisk() {
        try {
            commit.await(written());
        } catch (IOException e) {
            throw fail(e);
        }
    }

    private long written() {
        lock.lock();
        try {
            checkUsable();
            return written;
        } finally {
            lock.unlock();
        }
    }

    /** Everything written so far becomes durable; one call at a time. */
    private void force() throws IOException {
        List<SegmentFile> files;
        boolean folderToo;
        lock.lock();
        try {
            files = new ArrayList<>(unforced);
            unforced.clear();
            files.add(newest.file());
            folderToo = folderChanged;
            folderChanged = false;
        } finally {
            lock.unlock();
        }
        for (SegmentFile file : files) {
            file.force();
        }
        if (folderToo) {
            PrivateFiles.syncFolder(folder);
        }
    }

    @Override
    public @Nullable PublishRequest read(StoredPublish entry) {
        SegmentFile file;
        long id;
        long place;
        long end;
        lock.lock();
        try {
            id = entry.id();
            place = entry.place;
            Segment segment = segments.get(Segment.numberOf(place));
            if (segment == null || settled.contains(id)) {
                return null;
            }
            file = segment.file();
            end = segment.end();
        } finally {
            lock.unlock();
        }
        try {
            long position = Segment.positionOf(place);
            ByteBuffer length = ByteBuffer.allocate(4);
            file.read(length, position);
            long size = length.getInt(0) + 8L;
            if (size < PublishRecords.PRELUDE || size > end - position) {
                throw changed(file, position);
            }
            ByteBuffer record = ByteBuffer.allocate((int) size);
            file.read(record, position);
            record.flip();
            if (!new PublishRecords().isWhole(record)) {
                throw changed(file, position);
            }
            return PublishRecords.readPublish(record.position(PublishRecords.PRELUDE))
                    .request();
        } catch (IOException e) {
            lock.lock();
            try {
                if (settled.contains(id) || entry.place != place) {
                    return null; // settled meanwhile or appended again, and its file deleted
                }
            } finally {
                lock.unlock();
            }
            throw unavailable(folder, e);
        }
    }

    private static IOException changed(SegmentFile file, long position) {
        return new IOException("the record at byte " + position + " of " + file.path() + " has changed");
    }

    @Override
    public void forget(StoredPublish entry) {
        replaced(entry.id(), entry.place);
    }

    @Override
    public void replaced(long formerId, long formerPlace) {
        lock.lock();
        try {
            settled.add(formerId);
            unsaved.add(formerId);
            segment(formerPlace).settled();
            maintainLater();
        } finally {
            lock.unlock();
        }
    }

    private Segment segment(long place) {
        return requireNonNull(segments.get(Segment.numberOf(place)), "a file with something in it stays");
    }

    @Override
    public CompletionStage<Void> writing(LogState now) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    keep(now);
                    awaitDisk();
                    durable.complete(null);
                } catch (StoreException e) {
                    durable.completeExceptionally(e);
                } catch (RuntimeException | Error e) {
                    durable.completeExceptionally(
                            unavailable(folder, new IOException(e))); // or the session waits for ever
                    throw e;
                }
            });
        } catch (RejectedExecutionException e) {
            durable.completeExceptionally(over());
        }
        return durable;
    }

    @Override
    public void idle(LogState now) {
        try {
            thread.execute(() -> {
                try {
                    keep(now);
                } catch (StoreException e) {
                    // Without it the next start takes more messages for written than were: no harm.
                    LOG.debug("the end of writing was not noted", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the end of writing is noted by closing", e);
        }
    }

    private void keep(LogState now) {
        lock.lock();
        try {
            checkUsable();
            state = now.withLastId(Math.max(now.lastId(), state.lastId()));
            write(records.state(state));
        } catch (IOException e) {
            throw unavailable(folder, e);
        } finally {
            lock.unlock();
        }
    }

    // ---- on the store's thread, a while after something changed

    /** With the lock held. */
    private void maintainLater() {
        if (!maintenanceDue && !closed) {
            maintenanceDue = true;
            thread.after(INTERVAL_NANOS, this::maintain);
        }
    }

    private void maintain() {
        lock.lock();
        try {
            maintenanceDue = false;
            if (closed || broken != null) {
                return;
            }
        } finally {
            lock.unlock();
        }
        try {
            List<Segment> over = saveSettled();
            if (sync == Sync.INTERVAL || !over.isEmpty()) {
                awaitDisk();
            }
            delete(over);
        } catch (StoreException e) {
            LOG.debug("a store that has failed or was closed, which was told, is not tidied up", e);
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Returns the files that may go when this is durable: after a power failure nothing in them is missed. */
    private List<Segment> saveSettled() {
        lock.lock();
        try {
            return noteSettled()
                    ? segments.values().stream().filter(this::isOver).toList()
                    : List.of();
        } finally {
            lock.unlock();
        }
    }

    private boolean noteSettled() {
        try {
            for (IdRanges.Range range : unsaved.list()) {
                write(records.settled(range));
            }
            unsaved.clear();
            return true;
        } catch (IOException e) {
            // A disk that is full now may take it a second later; publishing says that it is full.
            LOG.debug("what is settled could not be noted yet", e);
            maintainLater();
            return false;
        }
    }

    private boolean isOver(Segment segment) {
        return segment != newest && !segment.isLive();
    }

    private void delete(List<Segment> over) throws IOException {
        lock.lock();
        try {
            over.forEach(segment -> segments.remove(segment.number()));
        } finally {
            lock.unlock();
        }
        for (Segment segment : over) {
            segment.file().close();
            Files.deleteIfExists(segment.file().path());
        }
        if (!over.isEmpty()) {
            PrivateFiles.syncFolder(folder);
        }
    }

    // ---- the end

    @Override
    public void close(LogState last, Duration timeout) {
        thread.end(timeout);
        try {
            boolean usable;
            lock.lock();
            try {
                usable = !closed && broken == null;
            } finally {
                lock.unlock();
            }
            if (usable) {
                saveSettled();
                keep(last);
                if (sync != Sync.NEVER) {
                    commit.await(
                            written()); // not past a thread that is at it: closing the files would leave it without
                }
                endsKept();
            }
        } catch (IOException | StoreException e) {
            LOG.warn(
                    "HF-2304 store-end-not-kept folder=\"{}\" detail=\"{}\"",
                    Untrusted.escape(folder.toString()),
                    Untrusted.escape(e.toString()));
        } finally {
            closeFiles();
        }
    }

    private void endsKept() {
        lock.lock();
        try {
            endKept = true;
        } finally {
            lock.unlock();
        }
    }

    private void closeFiles() {
        List<Segment> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(segments.values());
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

    /** With the lock held. */
    private void checkUsable() {
        if (broken != null) {
            throw broken;
        }
        if (closed) {
            throw over();
        }
    }

    private StoreException over() {
        return new StoreException(folder.toString(), Trouble.UNAVAILABLE, "it is closed", "build a new client", null);
    }

    /** Nobody knows any more what is on the disk: nothing is written from now on. */
    private StoreException fail(IOException cause) {
        lock.lock();
        try {
            StoreException before = broken;
            if (before != null) {
                return before;
            }
            StoreException failure = new StoreException(
                    folder.toString(),
                    Trouble.UNAVAILABLE,
                    Untrusted.escape(cause.toString()),
                    "mend the volume and build a new client; what was stored before is still there",
                    cause);
            broken = failure;
            LOG.error(
                    "HF-2303 publish-store-failed client_name={} folder=\"{}\" detail=\"{}\"",
                    Untrusted.escape(clientName),
                    Untrusted.escape(folder.toString()),
                    Untrusted.escape(cause.toString()));
            return failure;
        } finally {
            lock.unlock();
        }
    }

    private static StoreException unavailable(Path folder, IOException cause) {
        return new StoreException(
                folder.toString(),
                Trouble.UNAVAILABLE,
                Untrusted.escape(cause.toString()),
                "look for a full disk or missing permissions, and publish again",
                cause);
    }
}
