package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * The fields of one header: a copy of its bytes, and where in it the value of each known key lies. Reused from frame to
 * frame; confined to the event loop.
 *
 * <p>Values lie there as plain UTF-8: an escaped text is shorter without its escapes, so it is undone in place.
 */
final class HeaderFields {

    /** Copied at first: more than most headers have. */
    static final int FIRST_COPY = 512;

    /** What is kept for the next header; a larger copy is let go after its own. */
    private static final int KEPT = 1 << 13;

    private static final int FIELDS = HeaderField.values().length;

    private byte[] bytes = new byte[FIRST_COPY + Chunk.SIZE];
    private final int[] starts = new int[FIELDS];
    private final int[] ends = new int[FIELDS];
    private final long[] numbers = new long[FIELDS];
    private long present;

    /** Forgets the last header. */
    void clear() {
        present = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST_COPY + Chunk.SIZE];
        }
    }

    /** The copy, which has room for {@code size} bytes and {@link Chunk#SIZE} spare ones. */
    byte[] bytes(int size) {
        if (bytes.length - Chunk.SIZE < size) {
            bytes = new byte[size + Chunk.SIZE];
        }
        return bytes;
    }

    /** How many bytes to copy before it is known how many the header has. */
    int likelySize() {
        return bytes.length - Chunk.SIZE;
    }

    void set(HeaderField field, int start, int end) {
        int i = field.slot();
        starts[i] = start;
        ends[i] = end;
        present |= 1L << i;
    }

    void set(HeaderField field, int start, int end, long number) {
        set(field, start, end);
        numbers[field.slot()] = number;
    }

    void remove(HeaderField field) {
        present &= ~(1L << field.slot());
    }

    boolean has(HeaderField field) {
        return (present & (1L << field.slot())) != 0;
    }

    boolean hasText(HeaderField field) {
        return has(field) && end(field) > start(field);
    }

    int start(HeaderField field) {
        return starts[field.slot()];
    }

    int end(HeaderField field) {
        return ends[field.slot()];
    }

    @Nullable
    String text(HeaderField field) {
        return has(field) ? new String(bytes, start(field), end(field) - start(field), UTF_8) : null;
    }

    long number(HeaderField field, long absent) {
        return has(field) ? numbers[field.slot()] : absent;
    }

    <T> @Nullable T word(HeaderField field, WordTable<T> words) {
        return has(field) ? words.find(bytes, start(field), end(field)) : null;
    }

    <T> T interned(HeaderField field, InternCache<T> cache) {
        return cache.get(bytes, start(field), end(field));
    }

    /**
     * The value as a number as we write them: only digits, no leading zero.
     *
     * @return the number, or -1 if it is none or has more than 18 digits
     */
    long decimal(HeaderField field) {
        int start = start(field);
        int end = end(field);
        if (start == end || end - start > 18 || (bytes[start] == '0' && end - start > 1)) {
            return -1;
        }
        return digits(start, end);
    }

    /** The number in {@code bytes[start..end)}, at most 18 digits; -1 if it is none. */
    private long digits(int start, int end) {
        long number = 0;
        for (int i = start; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** The hash in a value of the form {@code <hash>|<sequence>|}, without making objects; 0 for every other form. */
    long publisher(HeaderField field) {
        int bar = bar(field);
        return bar < 0 || sequenceFrom(bar + 1, end(field) - 1) == 0 ? 0 : unsigned(start(field), bar);
    }

    /** The sequence in a value of that form; 0 for every other form. */
    long publisherSequence(HeaderField field) {
        int bar = bar(field);
        return bar < 0 || unsigned(start(field), bar) == 0 ? 0 : sequenceFrom(bar + 1, end(field) - 1);
    }

    /** Where the first bar is, if the last character is another one. */
    private int bar(HeaderField field) {
        if (!hasText(field) || bytes[end(field) - 1] != '|') {
            return -1;
        }
        int at = start(field);
        while (bytes[at] != '|') {
            at++;
        }
        return at < end(field) - 1 ? at : -1;
    }

    private long sequenceFrom(int start, int end) {
        return Math.max(0, unsigned(start, end)); // a sequence is a signed number
    }

    /** The unsigned number without leading zeros in {@code bytes[start..end)}; 0 if it is none, or too large. */
    private long unsigned(int start, int end) {
        int length = end - start;
        if (length < 1 || length > 20 || bytes[start] == '0') {
            return 0;
        }
        long head = digits(start, Math.min(end, start + 18));
        if (length <= 18 || head < 0) {
            return Math.max(0, head);
        }
        long rest = digits(start + 18, end);
        long factor = length == 19 ? 10 : 100;
        if (rest < 0 || Long.compareUnsigned(head, Long.divideUnsigned(-1 - rest, factor)) > 0) {
            return 0;
        }
        return head * factor + rest;
    }

    boolean isPrintableAscii(HeaderField field) {
        for (int i = start(field); i < end(field); i++) {
            if (bytes[i] < ' ' || bytes[i] > '~') {
                return false;
            }
        }
        return true;
    }
}
