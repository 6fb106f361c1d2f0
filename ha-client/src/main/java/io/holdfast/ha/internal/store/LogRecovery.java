package io.holdfast.ha.internal.store;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.internal.identity.PrivateFiles;
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
 * Each record says how much of the log had been on the disk when it was written. What cannot be read and is missing there is
 * damage, and is refused, nothing changed; behind that a power failure may have taken anything, which was never promised: {@link
 * LostParts}.
 *
 * <p>One use, one thread.
 */
final class LogRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);

    private final Path folder;
    private final String clientName;
    private final boolean looksOnly;
    private final RecoveredMessages found;
    private final LostParts lost = new LostParts();
    private final TreeMap<Integer, Segment> segments = new TreeMap<>();

    /**
     * A recovery, not begun.
     *
     * @param found takes what is read
     */
    LogRecovery(Path folder, String clientName, RecoveredMessages found) {
        this(folder, clientName, false, found);
    }

    private LogRecovery(Path folder, String clientName, boolean looksOnly, RecoveredMessages found) {
        this.folder = folder;
        this.clientName = clientName;
        this.looksOnly = looksOnly;
        this.found = found;
    }

    /** One that changes nothing, and says nothing about what it would mend. */
    static LogRecovery looking(Path folder, String clientName, RecoveredMessages found) {
        return new LogRecovery(folder, clientName, true, found);
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
            mend();
            believed = true;
            return segments;
        } finally {
            lost.close();
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

    /** Reads one file. */
    private void readSegment(int number, boolean newest) throws IOException {
        SegmentFile file = SegmentFile.open(folder.resolve(Segment.fileName(number)));
        boolean kept = false;
        try {
            long size = file.size();
            RecordReader records = new RecordReader(file, number, size);
            ByteBuffer record = records.at(0);
            if (record == null) {
                readBeheaded(file, number, records, size);
            } else {
                long end = readRecords(file, number, records, readHeader(file, record, newest), newest);
                if (end < size) {
                    lost.end(file, number, end, size);
                }
                segments.put(number, new Segment(number, file, end));
            }
            kept = true;
        } finally {
            if (!kept) {
                file.close();
            }
        }
    }

    /** Returns where the last record ends. */
    private long readRecords(SegmentFile file, int number, RecordReader records, long from, boolean newest)
            throws IOException {
        long position = from;
        while (true) {
            ByteBuffer record = records.at(position);
            if (record != null) {
                int bytes = record.remaining();
                found.add(Segment.place(number, position), record, newest);
                position += bytes;
            } else {
                long next = records.next(position + 1);
                if (next < 0) {
                    return position;
                }
                lost.hole(file, number, position, next);
                position = next;
            }
        }
    }

    /** What it holds cannot be used, but says how much was on the disk. */
    private void readBeheaded(SegmentFile file, int number, RecordReader records, long size) throws IOException {
        long next = records.next(1);
        lost.file(file, number, size, next >= 0);
        while (next >= 0) {
            ByteBuffer record = requireNonNull(records.at(next));
            int bytes = record.remaining();
            found.lost(record);
            next = records.next(next + bytes);
        }
    }

    /** Returns where the records begin. */
    private long readHeader(SegmentFile file, ByteBuffer record, boolean newest) {
        if (record.get(record.position() + 8) != PublishRecords.HEADER) {
            throw LostParts.damaged(file.path(), 0);
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
        found.begins(header);
        if (newest) {
            found.begin(header);
        }
        return bytes;
    }

    /** Every id up to the last is settled or here, or was not yet on the disk when the power failed. */
    private void mend() throws IOException {
        found.end();
        lost.check(found.forced().place());
        if (looksOnly && lost.tookRecords()) {
            throw trouble(folder, Trouble.DAMAGED, "parts of its files are missing", "open it to have it mended");
        } else if (looksOnly) {
            return;
        }
        long missing = found.missingThrough(found.forced().id());
        if (missing > 0) {
            throw trouble(
                    folder,
                    Trouble.DAMAGED,
                    missing + " messages are missing from its files",
                    "restore the files from a backup, or move the folder away: what is in it is then not sent");
        }
        missing = found.missingThrough(found.state().lastId());
        if (lost.mend()) {
            PrivateFiles.syncFolder(folder);
        }
        if (missing > 0 || lost.tookRecords()) {
            LOG.warn(
                    "HF-2302 store-messages-lost folder=\"{}\" count={} detail=\"a power failure took what was not yet on"
                            + " the disk\" fix=\"set holdfast.publish.sync=always: then it is nothing that publish had"
                            + " returned for\"",
                    Untrusted.escape(folder.toString()),
                    missing);
        }
    }

    private static StoreException trouble(Path path, Trouble trouble, String detail, String remedy) {
        return new StoreException(path.toString(), trouble, detail, remedy, null);
    }
}
