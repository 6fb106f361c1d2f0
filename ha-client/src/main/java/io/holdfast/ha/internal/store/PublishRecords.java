package io.holdfast.ha.internal.store;

import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The records of a publish log's files, to and from bytes; big-endian.
 *
 * <pre>
 * +--------+--------+------+---------...---------+
 * | length | crc32c | kind |       content       |     length: of kind and content
 * | 4      | 4      | 1    |       length - 1    |     crc32c: of length, kind and content
 * +--------+--------+------+---------...---------+
 *
 * HEADER   magic 8, version 4, name 2+n, forced, STATE's content, count 4, count times SETTLED's content
 * PUBLISH  forced, id 8, replaces 8, stored at (ms since 1970) 8, flags 1, expiration 8, topic 2+n, key 2+n, correlation 2+n, body
 * SETTLED  forced, from id 8, through id 8
 * STATE    forced, tag 4, foreign 8, doubt through 8, last id 8, written through 8, writing 1, count 4, count times (first id 8, base 8),
 *          count 4, count times server 2+n
 * FILLER   what a power failure left where something was lost
 *
 * forced   place 8, id 8: all that lies before this place, and all ids up to this one, were on the disk when this was written
 * </pre>
 *
 * <p>The checksum also covers the record's own place (file and position), but for a header's, so that a record in the body of a
 * message is not taken for one of the log.
 *
 * <p>Writes into a buffer that grows, from its start; not thread-safe.
 */
final class PublishRecords {

    static final byte HEADER = 'H';
    static final byte PUBLISH = 'P';
    static final byte SETTLED = 'S';
    static final byte STATE = 'T';
    static final byte FILLER = 'F';

    static final int VERSION = 3;
    static final long MAGIC = 0x484f4c44_50554231L; // "HOLDPUB1"

    /** Length, checksum and kind. */
    static final int PRELUDE = 9;

    /** Where the content of a publish begins, of a settled range, of a state: behind what was forced. */
    static final int CONTENT = PRELUDE + 16;

    /** What a publish has beside topic, key, correlation id and body. */
    private static final int PUBLISH_FIXED = CONTENT + 8 + 8 + 8 + 1 + 8 + 2 + 2 + 2;

    private static final int KEPT_BUFFER = 1 << 20;

    private static final byte DELTA = 1;
    private static final byte HAS_KEY = 2;
    private static final byte HAS_CORRELATION = 4;

    private ByteBuffer out = ByteBuffer.allocateDirect(16 << 10);
    private Forced forced = Forced.NOTHING;

    /**
     * How much of a log is known to be on the disk.
     *
     * @param place everything before it is
     * @param id every message up to it is, as far as it was not settled
     */
    record Forced(long place, long id) {

        static final Forced NOTHING = new Forced(0, 0);

        /** The further of the two. */
        Forced or(Forced other) {
            return other.place > place ? other : this;
        }
    }

    /** Everything that is written from now on says that so much is on the disk. */
    void forced(Forced now) {
        forced = forced.or(now);
    }

    /** A header; the buffer is valid until the next call. */
    ByteBuffer header(String clientName, LogState state, IdRanges settled) {
        byte[] name = clientName.getBytes(StandardCharsets.UTF_8);
        List<IdRanges.Range> ranges = settled.list();
        begin(HEADER, 64 + name.length + size(state) + 16 * ranges.size());
        out.putLong(MAGIC).putInt(VERSION).putShort((short) name.length).put(name);
        putForced();
        put(state);
        out.putInt(ranges.size());
        ranges.forEach(range -> out.putLong(range.from()).putLong(range.through()));
        return end(0);
    }

    /** A message at a place; the buffer is valid until the next call. */
    ByteBuffer publish(long place, long id, long replaces, long storedAtMillis, PublishRequest request) {
        PublishRequest.Options options = request.options();
        Topic topic = request.topic();
        byte[] key = ascii(options.sowKey());
        byte[] correlation = ascii(
                options.correlationId() == null ? null : options.correlationId().value());
        Payload payload = request.payload();
        begin(PUBLISH, PUBLISH_FIXED + topic.utf8Length() + length(key) + length(correlation) + payload.length());
        putForced();
        out.putLong(id).putLong(replaces).putLong(storedAtMillis);
        out.put((byte) ((options.delta() ? DELTA : 0)
                | (key == null ? 0 : HAS_KEY)
                | (correlation == null ? 0 : HAS_CORRELATION)));
        out.putLong(options.expirationSeconds());
        out.putShort((short) topic.utf8Length());
        for (int i = 0; i < topic.utf8Length(); i++) {
            out.put(topic.utf8At(i));
        }
        putBytes(key);
        putBytes(correlation);
        payload.copyTo(out);
        return end(place);
    }

    /** A range that is settled, at a place; the buffer is valid until the next call. */
    ByteBuffer settled(long place, IdRanges.Range range) {
        begin(SETTLED, 64);
        putForced();
        out.putLong(range.from()).putLong(range.through());
        return end(place);
    }

    /** A state at a place; the buffer is valid until the next call. */
    ByteBuffer state(long place, LogState state) {
        begin(STATE, 64 + size(state));
        putForced();
        put(state);
        return end(place);
    }

    /**
     * Makes one record of what is there and is none.
     *
     * @param there all of it; its beginning is what to write
     */
    static void filler(long place, ByteBuffer there) {
        int length = there.limit() - 8;
        there.putInt(0, length).put(8, FILLER).putInt(4, checksum(there, 0, length, place));
    }

    private void putForced() {
        out.putLong(forced.place()).putLong(forced.id());
    }

    private void put(LogState state) {
        out.putInt(state.tag())
                .putLong(state.foreign())
                .putLong(state.doubtThrough())
                .putLong(state.lastId())
                .putLong(state.writtenThrough())
                .put((byte) (state.isWriting() ? 1 : 0))
                .putInt(state.epochs().size());
        state.epochs().forEach(epoch -> out.putLong(epoch.firstId()).putLong(epoch.base()));
        out.putInt(state.servers().size());
        state.servers().forEach(server -> putBytes(server.getBytes(StandardCharsets.UTF_8)));
    }

    /** No less than what it takes. */
    private static int size(LogState state) {
        int size = 64 + 16 * state.epochs().size();
        for (String server : state.servers()) {
            size += 2 + 3 * server.length();
        }
        return size;
    }

    private void begin(byte kind, int size) {
        if (out.capacity() < size || (out.capacity() > KEPT_BUFFER && size <= KEPT_BUFFER)) {
            out = ByteBuffer.allocateDirect(Math.max(16 << 10, size));
        }
        out.clear();
        out.putInt(0).putInt(0).put(kind);
    }

    private ByteBuffer end(long place) {
        int length = out.position() - 8;
        out.putInt(0, length);
        out.flip();
        return out.putInt(4, checksum(out, 0, length, place));
    }

    /** Of the record that begins at {@code start}; leaves position and limit as they were. */
    private static int checksum(ByteBuffer buffer, int start, int length, long place) {
        int position = buffer.position();
        int limit = buffer.limit();
        CRC32C crc = new CRC32C();
        if (buffer.get(start + 8) != HEADER) {
            for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                crc.update((int) (place >>> shift));
            }
        }
        crc.update(buffer.limit(start + 4).position(start));
        crc.update(buffer.limit(start + 8 + length).position(start + 8));
        buffer.limit(limit).position(position);
        return (int) crc.getValue();
    }

    private void putBytes(byte @Nullable [] bytes) {
        out.putShort((short) length(bytes));
        if (bytes != null) {
            out.put(bytes);
        }
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte @Nullable [] ascii(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
    }

    // ---- reading

    /** Whether a buffer of exactly one record holds what was written at this place. */
    static boolean isWhole(ByteBuffer record, long place) {
        int length = record.getInt(record.position());
        return length >= 1
                && length == record.remaining() - 8
                && checksum(record, record.position(), length, place) == record.getInt(record.position() + 4);
    }

    /** Reads the content of a header, behind its prelude. */
    static Header readHeader(ByteBuffer in) {
        long magic = in.getLong();
        int version = in.getInt();
        if (magic != MAGIC || version != VERSION) {
            return new Header(magic, version, "", Forced.NOTHING, LogState.fresh(0), List.of());
        }
        String name = utf8(in, in.getShort());
        Forced forced = readForced(in);
        LogState state = readState(in);
        int count = in.getInt();
        List<IdRanges.Range> settled = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            settled.add(readSettled(in));
        }
        return new Header(magic, version, name, forced, state, settled);
    }

    /**
     * What a file begins with.
     *
     * @param magic {@link #MAGIC}
     * @param version {@link #VERSION}
     * @param clientName whose store it is
     * @param forced what was on the disk when the file was begun
     * @param state as it was then
     * @param settled what was settled then
     */
    record Header(
            long magic, int version, String clientName, Forced forced, LogState state, List<IdRanges.Range> settled) {}

    static Forced readForced(ByteBuffer in) {
        return new Forced(in.getLong(), in.getLong());
    }

    static IdRanges.Range readSettled(ByteBuffer in) {
        return new IdRanges.Range(in.getLong(), in.getLong());
    }

    static LogState readState(ByteBuffer in) {
        int tag = in.getInt();
        long foreign = in.getLong();
        long doubtThrough = in.getLong();
        long lastId = in.getLong();
        long writtenThrough = in.getLong();
        boolean writing = in.get() != 0;
        int count = in.getInt();
        List<SequenceSource.Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            epochs.add(new SequenceSource.Epoch(in.getLong(), in.getLong()));
        }
        int serverCount = in.getInt();
        List<String> servers = new ArrayList<>();
        for (int i = 0; i < serverCount; i++) {
            servers.add(utf8(in, in.getShort()));
        }
        return new LogState(tag, epochs, foreign, doubtThrough, lastId, writtenThrough, writing, servers);
    }

    /**
     * A message as it was stored.
     *
     * @param id its id
     * @param replaces the id it had before, 0 for none
     * @param storedAtMillis since 1970
     * @param request the message
     */
    record Publish(long id, long replaces, long storedAtMillis, PublishRequest request) {}

    static Publish readPublish(ByteBuffer in) {
        long id = in.getLong();
        long replaces = in.getLong();
        long storedAtMillis = in.getLong();
        byte flags = in.get();
        long expiration = in.getLong();
        Topic topic = Topic.of(utf8(in, in.getShort()));
        String key = utf8(in, in.getShort());
        String correlation = utf8(in, in.getShort());
        byte[] body = new byte[in.remaining()];
        in.get(body);
        boolean plain = flags == 0 && expiration == PublishRequest.Options.NONE.expirationSeconds();
        PublishRequest.Options options = plain
                ? PublishRequest.Options.NONE
                : new PublishRequest.Options(
                        (flags & DELTA) != 0,
                        expiration,
                        (flags & HAS_KEY) == 0 ? null : key,
                        (flags & HAS_CORRELATION) == 0 ? null : CorrelationId.of(correlation));
        return new Publish(id, replaces, storedAtMillis, new PublishRequest(topic, Payload.wrap(body), options));
    }

    private static String utf8(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
