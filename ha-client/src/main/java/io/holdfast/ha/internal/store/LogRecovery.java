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

    private final Path folder;
    private final String clientName;
    private final boolean syncsAlways;
    private final boolean looksOnly;
    private final RecoveredMessages found;
    private final TreeMap<Integer, Segment> segments = new TreeMap<>();

    /**
     * A recovery, not begun.
     *
     * @param syncsAlways whether nothing may be missing, since each message was forced
     * @param found takes what is read
     */
    LogRecovery(Path folder, String clientName, boolean syncsAlways, RecoveredMessages found) {
        this(folder, clientName, syncsAlways, false, found);
    }

    private LogRecovery(
            Path folder, String clientName, boolean syncsAlways, boolean looksOnly, RecoveredMessages found) {
        this.folder = folder;
        this.clientName = clientName;
        this.syncsAlways = syncsAlways;
        this.looksOnly = looksOnly;
        this.found = found;
    }

    /** One that changes nothing, and says nothing about what it would mend. */
    static LogRecovery looking(Path folder, String clientName, RecoveredMessages found) {
        return new LogRecovery(folder, clientName, false, true, found);
    }

    /**
     * Reads everything.
     *
     * @return the files, open; empty if there was nothing
     * @throws StoreException if it cannot be believed
     */
    NavigableMap<Integer, Segment> read() throws IOException {
        List<Integer> numbers = numbers();
        boolean believed = false;
        try {
            for (int i = numbers.size() - 1; i >= 0; i--) {
                readSegment(numbers.get(i), segments.isEmpty());
            }
            checkComplete();
            believed = true;
            return segments;
        } finally {
            if (!believed) {
                closeAll();
            }
        }
    }

    private void closeAll() throws IOException {
        for (Segment segment : segments.values()) {
            segment.file().close();
        }
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

    /** Reads one file, or deletes it if it was begun and not finished. */
    private void readSegment(int number, boolean newest) throws IOException {
        SegmentFile file = SegmentFile.open(folder.resolve(Segment.fileName(number)));
        boolean kept = false;
        try {
            long size = file.size();
            RecordReader records = new RecordReader(file, size);
            ByteBuffer record = records.at(0);
            if (record == null && newest && records.next(1) < 0) {
                file.close();
                if (!looksOnly) {
                    Files.delete(file.path());
                }
                return;
            }
            long position = readHeader(file, record, newest);
            record = records.at(position);
            while (record != null) {
                int bytes = record.remaining();
                found.add(Segment.place(number, position), record, newest);
                position += bytes;
                record = records.at(position);
            }
            if (position < size) {
                endsHere(file, records, position, size, newest);
            }
            segments.put(number, new Segment(number, file, position));
            kept = true;
        } finally {
            if (!kept) {
                file.close();
            }
        }
    }

    /** Returns where the records begin. */
    private long readHeader(SegmentFile file, @Nullable ByteBuffer record, boolean newest) {
        if (record == null || record.get(record.position() + 8) != PublishRecords.HEADER) {
            throw damaged(file, 0);
        }
        int bytes = record.remaining();
        Header header = PublishRecords.readHeader(record.position(record.position() + PublishRecords.PRELUDE));
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
            found.begin(header);
        }
        return bytes;
    }

    /** A file ends before its last byte: in the newest that is a torn end, unless something whole comes after it. */
    private void endsHere(SegmentFile file, RecordReader records, long position, long size, boolean newest)
            throws IOException {
        if (records.next(position + 1) >= 0) {
            throw damaged(file, position);
        }
        if (newest && !looksOnly) {
            LOG.warn(
                    "HF-2301 store-tail-cut file=\"{}\" at={} bytes={} detail=\"the last record was not finished\"",
                    Untrusted.escape(file.path().toString()),
                    position,
                    size - position);
            file.truncate(position);
            file.force();
        }
    }

    /** Every id up to the last is settled or here. */
    private void checkComplete() {
        long missing = found.missing();
        if (missing == 0 || looksOnly) {
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
        found.settleMissing();
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
