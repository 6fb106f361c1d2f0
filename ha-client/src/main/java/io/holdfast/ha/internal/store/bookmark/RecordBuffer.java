package io.holdfast.ha.internal.store.bookmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.client.message.Bookmark;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Encodes the records of a bookmark file, into bytes that are reused. Confined to its store's lock. */
final class RecordBuffer {

    private static final int FIRST_CAPACITY = 4_096;
    private static final int MOST_KEPT = 1 << 20;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_CAPACITY);

    /** From here on {@code number} stands for this id. */
    RecordBuffer subscription(int number, String id) {
        byte[] ascii = id.getBytes(US_ASCII);
        begin(RecordKind.SUBSCRIPTION, 4 + ascii.length).putInt(number).put(ascii);
        return end();
    }

    /** The point of a subscription passes this message. */
    RecordBuffer pass(int number, long publisher, long sequence) {
        return message(RecordKind.PASS, number, publisher, sequence);
    }

    /** A message beyond the point was acknowledged. */
    RecordBuffer beyond(int number, long publisher, long sequence) {
        return message(RecordKind.BEYOND, number, publisher, sequence);
    }

    private RecordBuffer message(RecordKind kind, int number, long publisher, long sequence) {
        begin(kind, 20).putInt(number).putLong(publisher).putLong(sequence);
        return end();
    }

    /** Whatever was known of this subscription is not any more: it begins at {@code origin}. */
    RecordBuffer startOver(int number, Bookmark origin) {
        byte[] ascii = origin.value().getBytes(US_ASCII);
        begin(RecordKind.START_OVER, 4 + ascii.length).putInt(number).put(ascii);
        return end();
    }

    /** Everything known of a subscription. */
    RecordBuffer whole(int number, String id, AcknowledgedPoint point) {
        subscription(number, id);
        if (!point.origin().equals(Bookmark.EPOCH)) {
            startOver(number, point.origin());
        }
        PublisherPositions passed = point.passed();
        for (PublisherPositions.Heard heard : passed.all()) {
            begin(RecordKind.HEARD, 28)
                    .putInt(number)
                    .putLong(heard.position().publisher())
                    .putLong(heard.position().sequence())
                    .putLong(heard.heardAt());
            end();
        }
        begin(RecordKind.TOTAL, 44).putInt(number).putLong(passed.heard());
        position(passed.margin());
        position(passed.nextMargin());
        end();
        point.beyond().forEach(each -> beyond(number, each.publisher(), each.sequence()));
        return this;
    }

    private void position(@Nullable Position position) {
        bytes.putLong(position == null ? 0 : position.publisher()).putLong(position == null ? 0 : position.sequence());
    }

    /**
     * What lies before {@code upTo} was forced to the disk before this record was written.
     *
     * @param at where in the file the record lies, by which it is known
     */
    RecordBuffer synced(long at, long upTo) {
        begin(RecordKind.SYNCED, 16).putLong(at).putLong(upTo);
        return end();
    }

    private ByteBuffer begin(RecordKind kind, int length) {
        int whole = RecordReader.OVERHEAD + length;
        if (bytes.remaining() < whole) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + whole));
            bytes = larger.put(bytes.flip());
        }
        bytes.mark();
        return bytes.putShort((short) length).put(kind.code());
    }

    private RecordBuffer end() {
        int end = bytes.position();
        int start = bytes.reset().position();
        bytes.position(end);
        crc.reset();
        crc.update(bytes.array(), start, end - start);
        bytes.putInt((int) crc.getValue());
        return this;
    }

    /** How many bytes it holds. */
    int size() {
        return bytes.position();
    }

    /** The bytes, to be written; then {@link #clear()}. */
    ByteBuffer contents() {
        return bytes.flip();
    }

    /** A copy of the bytes. */
    byte[] toBytes() {
        byte[] copy = new byte[bytes.position()];
        System.arraycopy(bytes.array(), 0, copy, 0, copy.length);
        return copy;
    }

    void clear() {
        if (bytes.capacity() > MOST_KEPT) {
            bytes = ByteBuffer.allocate(FIRST_CAPACITY);
        } else {
            bytes.clear();
        }
    }
}
