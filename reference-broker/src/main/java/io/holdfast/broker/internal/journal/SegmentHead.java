package io.holdfast.broker.internal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * How a segment begins: written and forced before the file has its name, so a segment has a whole head or was harmed later.
 *
 * <pre>
 *  0  8  "HFJOURNL"
 *  8  4  format version
 * 12  4  bytes after the checksum
 * 16  4  CRC-32C of version, length, and what follows
 * 20  8  salt of the records' checksums
 * 28  8  index of the first record
 * 36  8  time of the record before it
 * 44  4  number of publishers, for each: bytes of the name (4), name (UTF-8), highest sequence before this segment (8)
 * </pre>
 *
 * @param salt goes into the checksum of each record
 * @param firstIndex the index of the first record
 * @param micros the time of the record before, microseconds since 1970
 * @param sequences each publisher's highest sequence in the records before, those no longer kept included
 */
record SegmentHead(long salt, long firstIndex, long micros, Map<String, Long> sequences) {

    static final int VERSION = 1;

    private static final long MAGIC = 0x48464a4f55524e4cL;
    private static final int CHECKSUM = 16;
    private static final int FRAME = 20;
    private static final int FIXED = 28;

    SegmentHead {
        sequences = Map.copyOf(sequences);
    }

    /** The bytes. */
    ByteBuffer encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(salt);
        out.writeLong(firstIndex);
        out.writeLong(micros);
        out.writeInt(sequences.size());
        for (Map.Entry<String, Long> publisher : sequences.entrySet()) {
            byte[] name = publisher.getKey().getBytes(UTF_8);
            out.writeInt(name.length);
            out.write(name);
            out.writeLong(publisher.getValue());
        }
        ByteBuffer head = ByteBuffer.allocate(FRAME + bytes.size())
                .putLong(MAGIC)
                .putInt(VERSION)
                .putInt(bytes.size())
                .putInt(0)
                .put(bytes.toByteArray());
        return head.putInt(CHECKSUM, checksum(head.array())).flip();
    }

    /**
     * Reads the head of a file.
     *
     * @throws Damage if it is none, or not ours to read
     */
    static Read read(Path file) throws IOException, Damage {
        try (FileWindow in = new FileWindow(file)) {
            long size = in.fileSize();
            in.limit(size);
            if (in.longAt(0) != MAGIC) {
                throw new Damage(file, 0, "it does not begin as a segment of the journal");
            }
            int version = in.intAt(8);
            if (version > VERSION) {
                throw new JournalException(
                        file + " has format version " + version + ", this broker knows those up to " + VERSION
                                + ": start the newer broker, or move the journal away",
                        null);
            }
            int length = in.intAt(12);
            if (length < FIXED || length > size - FRAME) {
                throw new Damage(file, 0, "its head is cut short");
            }
            byte[] bytes = in.bytesAt(0, FRAME + length);
            if (checksum(bytes) != ByteBuffer.wrap(bytes).getInt(CHECKSUM)) {
                throw new Damage(file, 0, "the checksum of its head is wrong");
            }
            return new Read(decode(ByteBuffer.wrap(bytes).position(FRAME)), bytes.length);
        } catch (EOFException e) {
            throw new Damage(file, 0, "its head is cut short");
        }
    }

    /**
     * A head that was read.
     *
     * @param head the head
     * @param end where the records begin
     */
    record Read(SegmentHead head, long end) {}

    private static SegmentHead decode(ByteBuffer in) {
        long salt = in.getLong();
        long firstIndex = in.getLong();
        long micros = in.getLong();
        int count = in.getInt();
        Map<String, Long> sequences = new HashMap<>();
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[in.getInt()];
            in.get(name);
            sequences.put(new String(name, UTF_8), in.getLong());
        }
        return new SegmentHead(salt, firstIndex, micros, sequences);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 8, 8);
        crc.update(bytes, FRAME, bytes.length - FRAME);
        return (int) crc.getValue();
    }
}
