package io.holdfast.ha.internal.store;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.internal.store.PublishRecords.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of a publish log after a restart.
 *
 * <pre>
 * newest file:  header (all that was known when it was begun), then what happened since   -&gt; state, what is settled
 * older files:  messages that are not settled by then                                     -&gt; messages
 * </pre>
 *
 * The newest file may end in the middle of a record, where a process or a machine died: that record was never promised, and is
 * cut off. Anything else that cannot be read is damage, and is refused, nothing changed.
 *
 * <p>One use, one thread.
 */
final class LogRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);
    private static final int CHUNK = 64 << 10;

    private final Path folder;
    private final String clientName;
    private final boolean syncsAlways;
    private final PublishRecords records = new PublishRecords();
    private final IdRanges settled = new IdRanges();
    private final TreeMap<Long, StoredPublish> messages = new TreeMap<>();
    private final TreeMap<Integer, Segment> segments = new TreeMap<>();
    private LogState state = LogState.fresh(0);
    private Wall wall = millis -> 0;

    LogRecovery(Path folder, String clientName, boolean syncsAlways) {
        this.folder = folder;
        this.clientName = clientName;
        this.syncsAlways = syncsAlways;
    }

    /** Turns a time on the wall into one on the monotonic clock. */
    @FunctionalInterface
    interface Wall {
        /** In nanoseconds. */
        long toNanos(long millis);
    }

    /**
     * Reads everything.
     *
     * @return whether there was anything
     * @throws StoreException if it cannot be believed
     */
    boolean read(Wall clock) throws IOException {
        wall = clock;
        List<Integer> numbers = numbers();
        boolean newest = true;
        boolean closed = true;
        try {
            for (int i = numbers.size() - 1; i >= 0; i--) {
                if (readSegment(numbers.get(i), newest)) {
                    newest = false;
                }
            }
            checkComplete();
            closed = false;
        } finally {
            if (closed) {
                closeAll();
            }
        }
        return !newest;
    }

    private void closeAll() throws IOException {
        for (Segment segment : segments.values()) {
            segment.file().close();
        }
    }

    NavigableMap<Integer, Segment> segments() {
        return segments;
    }

    IdRanges settled() {
        return settled;
    }

    LogState state() {
        return state;
    }

    /** What is not settled, in order. */
    List<StoredPublish> messages() {
        return List.copyOf(messages.values());
    }

    private List<Integer> numbers() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(Segment.PREFIX) && name.endsWith(Segment.SUFFIX)) {
                    String digits = name.substring(Segment.PREFIX.length(), name.length() - Segment.SUFFIX.length());
                    if (!digits.matches("[0-9]{10}") || Long.parseLong(digits) > Integer.MAX_VALUE) {
                        throw trouble(file, Trouble.FOREIGN, "its name is not one of ours", "move it elsewhere");
                    }
                    numbers.add(Integer.parseInt(digits));
                }
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /** Returns false if the file was begun and not finished, and is gone now. */
    private boolean readSegment(int number, boolean newest) throws IOException {
        Path path = folder.resolve(Segment.fileName(number));
        SegmentFile file = SegmentFile.open(path);
        boolean kept = false;
        try {
            long size = file.size();
            long position = readHeader(file, size, newest);
            if (position < 0) {
                file.close();
                Files.delete(path);
                return false;
            }
            Segment segment = new Segment(number, file, 0);
            ByteBuffer record = record(file, position, size);
            while (record != null) {
                int bytes = record.remaining();
                readRecord(segment, position, record, newest);
                position += bytes;
                record = record(file, position, size);
            }
            if (position < size) {
                endsHere(file, position, size, newest);
            }
            segments.put(number, new Segment(number, file, position));
            kept = true;
            return true;
        } finally {
            if (!kept) {
                file.close();
            }
        }
    }

    /** Returns where the records begin, or a negative number if the file ends within its header. */
    private long readHeader(SegmentFile file, long size, boolean newest) throws IOException {
        ByteBuffer record = record(file, 0, size);
        if (record == null) {
            if (newest && findRecord(file, 1, size) < 0) {
                return -1;
            }
            throw damaged(file, 0);
        }
        int bytes = record.remaining();
        if (record.get(record.position() + 8) != PublishRecords.HEADER) {
            throw damaged(file, 0);
        }
        record.position(record.position() + PublishRecords.PRELUDE);
        Header header = PublishRecords.readHeader(record);
        if (header.magic() != PublishRecords.MAGIC || header.version() != PublishRecords.VERSION) {
            throw trouble(
                    file.path(),
                    Trouble.FOREIGN,
                    "it is not a publish log of version " + PublishRecords.VERSION,
                    "use the version of the SDK that wrote it, or another folder");
        }
        if (!header.clientName().equals(clientName)) {
            throw trouble(
                    file.path(),
                    Trouble.OTHER_NAME,
                    "it belongs to client name " + Untrusted.escape(header.clientName()) + ", not "
                            + Untrusted.escape(clientName),
                    "open it under that name, or give this client another folder: its messages must not be sent under"
                            + " another name");
        }
        if (newest) {
            state = header.state();
            header.settled().forEach(range -> settled.add(range.from(), range.through()));
        }
        return bytes;
    }

    private void readRecord(Segment segment, long position, ByteBuffer record, boolean newest) {
        byte kind = record.get(record.position() + 8);
        record.position(record.position() + PublishRecords.PRELUDE);
        if (kind == PublishRecords.PUBLISH) {
            readPublish(segment, position, PublishRecords.readPublish(record), newest);
        } else if (newest && kind == PublishRecords.SETTLED) {
            IdRanges.Range range = PublishRecords.readSettled(record);
            settled.add(range.from(), range.through());
            messages.subMap(range.from(), true, range.through(), true).clear();
        } else if (newest && kind == PublishRecords.STATE) {
            long lastId = state.lastId();
            state = PublishRecords.readState(record);
            state = state.withLastId(Math.max(lastId, state.lastId()));
        }
    }

    private void readPublish(Segment segment, long position, PublishRecords.Publish found, boolean newest) {
        if (newest) {
            state = state.withLastId(Math.max(state.lastId(), found.id()));
            if (found.replaces() > 0) {
                settled.add(found.replaces());
                messages.remove(found.replaces());
            }
        }
        if (settled.contains(found.id())) {
            return;
        }
        StoredPublish entry = new StoredPublish(
                found.request().topic(),
                found.request().options(),
                found.request().payload().length());
        entry.id(found.id());
        entry.place = segment.place(position);
        entry.storedAtNanos = wall.toNanos(found.storedAtMillis());
        messages.put(found.id(), entry);
    }

    /** The record at a position, from its length to its last byte; {@code null} if there is no whole one. */
    private @Nullable ByteBuffer record(SegmentFile file, long position, long size) throws IOException {
        if (size - position < PublishRecords.PRELUDE) {
            return null;
        }
        ByteBuffer length = ByteBuffer.allocate(4);
        file.read(length, position);
        int total = length.getInt(0);
        if (total < 1 || total > size - position - 8) {
            return null;
        }
        ByteBuffer record = ByteBuffer.allocate(total + 8);
        file.read(record, position);
        record.flip();
        return record.remaining() == total + 8 && records.isWhole(record) ? record : null;
    }

    /** A file ends before its last byte: in the newest that is a torn end, unless something whole comes after it. */
    private void endsHere(SegmentFile file, long position, long size, boolean newest) throws IOException {
        if (findRecord(file, position + 1, size) >= 0) {
            throw damaged(file, position);
        }
        if (newest) {
            LOG.warn(
                    "HF-2301 store-tail-cut file=\"{}\" at={} bytes={} detail=\"the last record was not finished\"",
                    Untrusted.escape(file.path().toString()),
                    position,
                    size - position);
            file.truncate(position);
            file.force();
        }
    }

    /** Where the next whole record is, wherever it may begin; negative if there is none. */
    private long findRecord(SegmentFile file, long from, long size) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        for (long start = from; start <= size - PublishRecords.PRELUDE; start += CHUNK - PublishRecords.PRELUDE + 1) {
            chunk.clear();
            file.read(chunk, start);
            chunk.flip();
            for (int i = 0; i <= chunk.remaining() - PublishRecords.PRELUDE; i++) {
                byte kind = chunk.get(i + 8);
                boolean known = kind == PublishRecords.PUBLISH
                        || kind == PublishRecords.SETTLED
                        || kind == PublishRecords.STATE;
                int length = chunk.getInt(i);
                if (known && length >= 1 && length <= size - start - i - 8 && record(file, start + i, size) != null) {
                    return start + i;
                }
            }
        }
        return -1;
    }

    /** Every id up to the last is settled or here. */
    private void checkComplete() {
        messages.keySet().removeIf(settled::contains);
        long missing = state.lastId() - settled.countThrough(state.lastId()) - messages.size();
        if (missing == 0) {
            return;
        }
        if (syncsAlways) {
            throw trouble(
                    folder,
                    Trouble.DAMAGED,
                    missing + " messages are missing from its files",
                    "restore the files from a backup, or move the folder away: what is in it is then not sent");
        }
        LOG.warn(
                "HF-2302 store-messages-lost folder=\"{}\" count={} detail=\"a power failure took what was not yet on"
                        + " the disk\" fix=\"set holdfast.publish.sync=always\"",
                Untrusted.escape(folder.toString()),
                missing);
        long next = 1;
        for (long id : messages.keySet()) {
            addMissing(next, id - 1);
            next = id + 1;
        }
        addMissing(next, state.lastId());
    }

    private void addMissing(long from, long through) {
        if (from <= through) {
            settled.add(from, through);
        }
    }

    private static StoreException damaged(SegmentFile file, long position) {
        return trouble(
                file.path(),
                Trouble.DAMAGED,
                "byte " + position + " begins no record, and it is not just an unfinished end",
                "restore the file from a backup; or, to go on with what comes before it, cut it there (truncate -s "
                        + position + "); or move the folder away: what is in it is then not sent");
    }

    private static StoreException trouble(Path path, Trouble trouble, String detail, String remedy) {
        return new StoreException(path.toString(), trouble, detail, remedy, null);
    }
}
