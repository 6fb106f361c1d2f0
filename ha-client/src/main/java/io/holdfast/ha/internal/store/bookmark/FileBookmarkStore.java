package io.holdfast.ha.internal.store.bookmark;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.ha.internal.identity.StoreLock;
import io.holdfast.ha.internal.store.bookmark.KnownPoints.Owned;
import io.holdfast.ha.store.BookmarkStoreOptions.Sync;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps points in one file: each acknowledgement is added to it before {@code apply} returns, and from time to time the file is replaced
 * by a shorter one that says the same.
 *
 * <pre>
 * apply --(lock)--&gt; points in memory, record at the end of the file, with {@link Sync#ALWAYS} forced
 * tend  ----------&gt; force what was added, or write a snapshot beside the file and put it in its place
 * a write fails --&gt; told once; points go on in memory; tend writes a whole new file until that succeeds
 * </pre>
 *
 * Thread-safe: the lock is held for one write, by {@code tend} also while it exchanges the files.
 */
public final class FileBookmarkStore implements BookmarkStore {

    private static final Logger LOG = LoggerFactory.getLogger(FileBookmarkStore.class);

    /** A file that has grown by this much and by four times its snapshot is written anew. */
    private static final long COMPACT_AT = 8 << 20;

    private final Path folder;
    private final String clientName;
    private final Sync sync;
    private final long compactAt;
    private final StoreLock folderLock;
    private final Object tending = new Object();
    private final Object lock = new Object();
    private final KnownPoints known = new KnownPoints(this::forgotten);
    private final RecordBuffer records = new RecordBuffer();
    private @Nullable BookmarkLog log;
    private @Nullable ByteArrayOutputStream since;
    private boolean failed;
    private boolean closed;

    private FileBookmarkStore(Path folder, String clientName, Sync sync, long compactAt, StoreLock folderLock) {
        this.folder = folder;
        this.clientName = clientName;
        this.sync = sync;
        this.compactAt = compactAt;
        this.folderLock = folderLock;
    }

    /**
     * Opens the store in a folder, which is made if it is missing.
     *
     * @throws StoreException if it is in use, another client's, damaged, or cannot be written
     */
    public static FileBookmarkStore open(Path folder, String clientName, Sync sync) {
        return open(folder, clientName, sync, COMPACT_AT);
    }

    static FileBookmarkStore open(Path folder, String clientName, Sync sync, long compactAt) {
        StoreLock folderLock = StoreLock.of(folder, "client " + clientName);
        FileBookmarkStore store = new FileBookmarkStore(folder, clientName, sync, compactAt, folderLock);
        boolean opened = false;
        try {
            store.recover();
            opened = true;
            return store;
        } catch (IOException e) {
            throw new StoreException(
                    folder.toString(),
                    Trouble.UNAVAILABLE,
                    Untrusted.escape(e.toString()),
                    "make the folder writable for this process",
                    e);
        } finally {
            if (!opened) {
                store.release();
            }
        }
    }

    private void recover() throws IOException {
        Path file = folder.resolve(BookmarkLog.FILE);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            log = BookmarkLog.replace(folder, BookmarkLog.prepare(folder, clientName, new byte[0]), new byte[0]);
            return;
        }
        FileContents contents = new FileContents(file, bytes, clientName, known);
        int end = contents.read();
        if (end < bytes.length) {
            LOG.info(
                    "HF-2401 bookmark-end-cut client_name={} file={} bytes={}",
                    Untrusted.escape(clientName),
                    Untrusted.escape(file.toString()),
                    bytes.length - end);
        }
        log = BookmarkLog.open(folder, contents.snapshotEnd(), end);
    }

    @Override
    public Progress open(SubscriptionId id, @Nullable Bookmark startOver) {
        synchronized (lock) {
            boolean isNew = !known.knows(id.value());
            Owned owned = known.takeOver(id.value(), startOver);
            if (isNew) {
                records.subscription(owned.number(), id.value());
            }
            if (startOver != null) {
                records.startOver(owned.number(), startOver);
            }
            if (records.size() > 0) {
                write();
            }
            return new Part(owned);
        }
    }

    private final class Part implements Progress {

        private final Owned owned;

        Part(Owned owned) {
            this.owned = owned;
        }

        @Override
        public AcknowledgedPoint point() {
            synchronized (lock) {
                return owned.point().copy();
            }
        }

        @Override
        public void apply(Moves moves) {
            synchronized (lock) {
                if (!owned.isCurrent()) {
                    return;
                }
                owned.point().apply(moves);
                for (int i = 0; i < moves.size(); i++) {
                    if (moves.isBeyond(i)) {
                        records.beyond(owned.number(), moves.publisher(i), moves.sequence(i));
                    } else {
                        records.pass(owned.number(), moves.publisher(i), moves.sequence(i));
                    }
                }
                write();
            }
        }
    }

    /** With the lock held. */
    private void write() {
        if (since != null) {
            since.writeBytes(records.toBytes());
        }
        BookmarkLog to = log;
        if (to != null) {
            // An interrupt closes a channel under a write: it waits until the write is done.
            boolean interrupted = Thread.interrupted();
            try {
                interrupted |= append(to, records.contents());
            } catch (IOException e) {
                abandon(e);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        records.clear();
    }

    /** Returns whether the thread was interrupted meanwhile, which it is not any more. */
    private boolean append(BookmarkLog to, ByteBuffer bytes) throws IOException {
        BookmarkLog open = to;
        boolean appended = false;
        boolean interrupted = false;
        while (true) {
            try {
                if (!appended) {
                    open.append(bytes.duplicate());
                    appended = true;
                }
                if (sync == Sync.ALWAYS) {
                    open.force();
                    open.forced(open.end());
                }
                return interrupted;
            } catch (ClosedByInterruptException e) {
                interrupted |= Thread.interrupted();
                open = BookmarkLog.open(folder, open.snapshotEnd(), open.end());
                log = open;
            }
        }
    }

    /** With the lock held: what the file holds at its end is not known any more. */
    private void abandon(IOException cause) {
        BookmarkLog broken = log;
        log = null;
        if (broken != null) {
            closeQuietly(broken);
        }
        failedFor(cause);
    }

    /** With the lock held. */
    private void failedFor(IOException cause) {
        if (!failed) {
            failed = true;
            LOG.error(
                    "HF-2402 bookmark-store-failed client_name={} folder={} detail=\"{}\" consequence=\"if the process ends"
                            + " now, acknowledged messages come again\"",
                    Untrusted.escape(clientName),
                    Untrusted.escape(folder.toString()),
                    Untrusted.escape(cause.toString()));
        }
    }

    @Override
    public void tend() {
        synchronized (tending) {
            BookmarkLog present;
            boolean anew;
            synchronized (lock) {
                if (closed) {
                    return;
                }
                present = log;
                anew = present == null || present.grown() > Math.max(compactAt, 4L * present.snapshotEnd());
            }
            if (anew) {
                writeAnew();
            } else if (present != null && sync != Sync.NEVER) {
                force(present);
            }
        }
    }

    private void force(BookmarkLog present) {
        long end;
        synchronized (lock) {
            if (!present.isUnforced()) {
                return;
            }
            end = present.end();
        }
        try {
            present.force();
            synchronized (lock) {
                present.forced(end);
            }
        } catch (IOException e) {
            synchronized (lock) {
                if (log == present) {
                    abandon(e);
                }
            }
        }
    }

    private void writeAnew() {
        byte[] snapshot;
        synchronized (lock) {
            snapshot = snapshot();
            since = new ByteArrayOutputStream();
        }
        try {
            BookmarkLog.Replacement replacement = BookmarkLog.prepare(folder, clientName, snapshot);
            exchange(replacement);
        } catch (IOException e) {
            synchronized (lock) {
                failedFor(e);
            }
        } finally {
            synchronized (lock) {
                since = null;
            }
        }
    }

    private void exchange(BookmarkLog.Replacement replacement) throws IOException {
        synchronized (lock) {
            byte[] added = since == null ? new byte[0] : since.toByteArray();
            BookmarkLog old = log;
            log = null; // if the exchange fails half-way, nobody knows which file has the name
            try {
                log = BookmarkLog.replace(folder, replacement, added);
            } finally {
                if (old != null) {
                    closeQuietly(old);
                }
            }
            if (failed) {
                failed = false;
                LOG.info(
                        "HF-2403 bookmark-store-recovered client_name={} folder={}",
                        Untrusted.escape(clientName),
                        Untrusted.escape(folder.toString()));
            }
        }
    }

    /** With the lock held. */
    private byte[] snapshot() {
        RecordBuffer all = new RecordBuffer();
        known.forEach((id, owned) -> all.whole(owned.number(), id, owned.point()));
        return all.toBytes();
    }

    private void forgotten(String id) {
        LOG.warn(
                "HF-2404 subscription-forgotten client_name={} subscription={} most={}",
                Untrusted.escape(clientName),
                Untrusted.escape(id),
                MOST_SUBSCRIPTIONS);
    }

    @Override
    public void close() {
        synchronized (tending) {
            synchronized (lock) {
                if (closed) {
                    return;
                }
            }
            tend();
            synchronized (lock) {
                closed = true;
                BookmarkLog last = log;
                log = null;
                if (last != null) {
                    closeQuietly(last);
                }
            }
            release();
        }
    }

    private void release() {
        try {
            folderLock.close();
        } catch (IOException e) {
            LOG.debug("the lock of {} was not given back; it ends with the process", folder, e);
        }
    }

    private static void closeQuietly(BookmarkLog log) {
        try {
            log.close();
        } catch (IOException e) {
            LOG.debug("a bookmark file was not closed; nothing is lost by it", e);
        }
    }
}
