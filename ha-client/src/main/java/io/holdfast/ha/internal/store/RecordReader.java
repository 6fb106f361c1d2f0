package io.holdfast.ha.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Finds the records in a file of a log, up to the end that the file had; believes no length and no checksum. Not thread-safe. */
final class RecordReader {

    private static final int CHUNK = 64 << 10;

    private final SegmentFile file;
    private final int number;
    private final long end;

    /** A reader of the file with this number that takes it to end there. */
    RecordReader(SegmentFile file, int number, long end) {
        this.file = file;
        this.number = number;
        this.end = end;
    }

    /** The record at a position, from its length to its last byte; {@code null} if there is no whole one. */
    @Nullable
    ByteBuffer at(long position) throws IOException {
        if (end - position < PublishRecords.PRELUDE) {
            return null;
        }
        ByteBuffer length = ByteBuffer.allocate(4);
        file.read(length, position);
        int total = length.getInt(0);
        if (total < 1 || total > end - position - 8) {
            return null;
        }
        ByteBuffer record = ByteBuffer.allocate(total + 8);
        file.read(record, position);
        record.flip();
        return record.remaining() == total + 8 && PublishRecords.isWhole(record, Segment.place(number, position))
                ? record
                : null;
    }

    /** Where the next whole record is, wherever it may begin; negative if there is none. */
    long next(long from) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        for (long start = from; start <= end - PublishRecords.PRELUDE; start += CHUNK - PublishRecords.PRELUDE + 1) {
            chunk.clear();
            file.read(chunk, start);
            chunk.flip();
            for (int i = 0; i <= chunk.remaining() - PublishRecords.PRELUDE; i++) {
                if (mayBegin(chunk, i, end - start) && at(start + i) != null) {
                    return start + i;
                }
            }
        }
        return -1;
    }

    /** A header is no sign: it begins a file, and is found where it is looked for. */
    private static boolean mayBegin(ByteBuffer chunk, int at, long left) {
        byte kind = chunk.get(at + 8);
        boolean known =
                kind == PublishRecords.PUBLISH || kind == PublishRecords.SETTLED || kind == PublishRecords.STATE;
        int length = chunk.getInt(at);
        return known && length >= 1 && length <= left - at - 8;
    }
}
