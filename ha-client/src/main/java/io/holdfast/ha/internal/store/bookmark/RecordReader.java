package io.holdfast.ha.internal.store.bookmark;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Walks over the records of a bookmark file, as far as they are whole. Confined to one thread. */
final class RecordReader {

    /** Length, kind and checksum. */
    static final int OVERHEAD = 2 + 1 + 4;

    private static final int SYNCED_LENGTH = 16;

    private final byte[] file;
    private int next;
    private int bodyAt;
    private int bodyLength;

    RecordReader(byte[] file, int from) {
        this.file = file;
        this.next = from;
    }

    /** Goes to the next record; false at the end, or where what follows is no whole record: see {@link #position()}. */
    boolean advance() {
        int length = wholeAt(next);
        if (length < 0) {
            return false;
        }
        bodyAt = next + 3;
        bodyLength = length;
        next += OVERHEAD + length;
        return true;
    }

    /** Behind the last whole record. */
    int position() {
        return next;
    }

    /** The code of the record's kind. */
    byte kind() {
        return file[bodyAt - 1];
    }

    /** What the record says. */
    ByteBuffer body() {
        return ByteBuffer.wrap(file, bodyAt, bodyLength).slice();
    }

    /**
     * Whether behind the place where the whole records end there is one that says that this place had reached the disk: then it is no
     * unfinished end but damage.
     */
    boolean hasSyncedBehind() {
        for (int at = next + 1; at + OVERHEAD + SYNCED_LENGTH <= file.length; at++) {
            if (file[at] == 0
                    && file[at + 1] == SYNCED_LENGTH
                    && file[at + 2] == RecordKind.SYNCED.code()
                    && ByteBuffer.wrap(file).getLong(at + 3) == at
                    && ByteBuffer.wrap(file).getLong(at + 11) > next
                    && wholeAt(at) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** The length of the body of the record at this place, -1 if there is no whole one. */
    private int wholeAt(int at) {
        if (file.length - at < OVERHEAD) {
            return -1;
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int length = bytes.getShort(at) & 0xffff;
        if (file.length - at < OVERHEAD + length) {
            return -1;
        }
        CRC32C crc = new CRC32C();
        crc.update(file, at, 3 + length);
        return (int) crc.getValue() == bytes.getInt(at + 3 + length) ? length : -1;
    }
}
