package io.holdfast.broker.internal.journal;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the records of one segment and checks each: cursors, look-ups and recovery. For one thread at a time. */
final class RecordReader implements AutoCloseable {

    private static final byte[] NOTHING = new byte[0];

    private final FileWindow file;
    private final RecordChecksum checksum;

    /** Reads nothing before it is given a limit. */
    RecordReader(Path path, long salt) throws IOException {
        file = new FileWindow(path);
        checksum = new RecordChecksum(salt);
    }

    /** Nothing from this place on is read. */
    void limit(long end) {
        file.limit(end);
    }

    long fileSize() throws IOException {
        return file.fileSize();
    }

    /**
     * A record and where it ends.
     *
     * @param record the record
     * @param end the place after it
     * @param forcedBelow every record before this index was forced when this one was written
     */
    record Found(LogRecord record, long end, long forcedBelow) {}

    /** The record at this place if it is whole, unharmed, and has an index in this range; else {@code null}. */
    @Nullable
    Found at(long place, long leastIndex, long mostIndex) throws IOException {
        long room = file.limit() - place - RecordFormat.FRAME;
        if (room < RecordFormat.FIXED) {
            return null;
        }
        int length = file.intAt(place);
        if (length < RecordFormat.FIXED || length > room) {
            return null;
        }
        long index = file.longAt(place + RecordFormat.FRAME);
        if (index < leastIndex || index > mostIndex) {
            return null; // before so much as a byte is copied: a length that is noise may be large
        }
        byte[] content = file.bytesAt(place + RecordFormat.FRAME, length);
        if (checksum.of(content, NOTHING) != file.intAt(place + Integer.BYTES)) {
            return null;
        }
        LogRecord record = RecordFormat.decode(content);
        int unforced = file.intAt(place + RecordFormat.FRAME + RecordFormat.UNFORCED);
        return record == null ? null : new Found(record, place + RecordFormat.FRAME + length, index - unforced);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
