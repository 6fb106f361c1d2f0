package io.holdfast.broker.internal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record in bytes, big-endian. {@code docs/internals/journal.md} draws it.
 *
 * <pre>
 *  0  4  bytes after the checksum
 *  4  4  CRC-32C of the segment's salt, the length, and what follows
 *  8  8  index
 * 16  4  how many records right before this one were not forced yet when it was written
 * 20  8  time, microseconds since 1970
 * 28  8  publisher's sequence
 * 36  8  expiration, seconds; -1 unset
 * 44  4  bytes of publisher        48  4  of topic
 * 52  4  of correlation id; -1 none   56  4  of SOW key; -1 none
 * 60  1  flags: 1 delta
 * 61     publisher, topic, correlation id, SOW key (UTF-8), body to the end
 * </pre>
 */
final class RecordFormat {

    /** Length and checksum. */
    static final int FRAME = 8;

    /** The fields of fixed width after the checksum. */
    static final int FIXED = 53;

    /** Where the number of unforced records is, after the checksum. */
    static final int UNFORCED = 8;

    private static final int DELTA = 1;
    private static final byte[] NONE = new byte[0];

    private RecordFormat() {}

    /** About what a record takes on disk; exact for ASCII texts. */
    static long size(LogRecord record) {
        return (long) FRAME
                + FIXED
                + record.publisher().length()
                + record.topic().length()
                + length(record.correlationId())
                + length(record.sowKey())
                + record.body().length;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** Everything between the checksum and the body; {@link #setUnforced} fills what is left open. */
    static byte[] header(LogRecord record, byte[] publisher) {
        byte[] topic = record.topic().getBytes(UTF_8);
        byte[] correlationId = bytes(record.correlationId());
        byte[] sowKey = bytes(record.sowKey());
        return ByteBuffer.allocate(FIXED + publisher.length + topic.length + correlationId.length + sowKey.length)
                .putLong(record.index())
                .putInt(0)
                .putLong(record.micros())
                .putLong(record.sequence())
                .putLong(record.expirationSeconds())
                .putInt(publisher.length)
                .putInt(topic.length)
                .putInt(record.correlationId() == null ? -1 : correlationId.length)
                .putInt(record.sowKey() == null ? -1 : sowKey.length)
                .put((byte) (record.delta() ? DELTA : 0))
                .put(publisher)
                .put(topic)
                .put(correlationId)
                .put(sowKey)
                .array();
    }

    /** Says in a header how many records right before are not forced yet. */
    static void setUnforced(byte[] header, long records) {
        ByteBuffer.wrap(header).putInt(UNFORCED, (int) Math.min(Integer.MAX_VALUE, records));
    }

    /** The record in these bytes, which are everything after a checksum that was right; {@code null} if they are none all the same. */
    static @Nullable LogRecord decode(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content);
        long index = in.getLong();
        in.getInt();
        long micros = in.getLong();
        long sequence = in.getLong();
        long expiration = in.getLong();
        int publisher = in.getInt();
        int topic = in.getInt();
        int correlationId = in.getInt();
        int sowKey = in.getInt();
        int flags = in.get();
        long texts = (long) publisher + topic + Math.max(0, correlationId) + Math.max(0, sowKey);
        if (publisher < 0 || topic < 0 || texts > in.remaining()) {
            return null;
        }
        return new LogRecord(
                index,
                micros,
                text(in, publisher),
                sequence,
                (flags & DELTA) != 0,
                text(in, topic),
                correlationId < 0 ? null : text(in, correlationId),
                sowKey < 0 ? null : text(in, sowKey),
                expiration,
                bytes(in, in.remaining()));
    }

    private static String text(ByteBuffer in, int length) {
        return new String(bytes(in, length), UTF_8);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? NONE : text.getBytes(UTF_8);
    }
}
