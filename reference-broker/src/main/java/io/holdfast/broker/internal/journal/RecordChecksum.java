package io.holdfast.broker.internal.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum of the records of one segment. It begins with the segment's salt, a random number that no client knows: a body
 * that holds the bytes of a record never passes for one, neither does what an older file left on the disk. For one thread at a time.
 */
final class RecordChecksum {

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer seed = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);

    RecordChecksum(long salt) {
        seed.putLong(0, salt);
    }

    /** The checksum of salt, length and content, which comes in two parts. */
    int of(byte[] first, byte[] second) {
        crc.reset();
        crc.update(seed.putInt(Long.BYTES, first.length + second.length).rewind());
        crc.update(first);
        crc.update(second);
        return (int) crc.getValue();
    }
}
