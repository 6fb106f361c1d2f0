package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of texts that come again and again (topics, lists of subscription ids), found by their bytes.
 *
 * <p>Bounded: at most {@value #SLOTS} texts of at most {@value #MAX_LENGTH} bytes; a new text takes the place of an old one,
 * and one that is longer is made anew each time. Confined to the event loop.
 */
final class InternCache<T> {

    static final int SLOTS = 256;
    static final int MAX_LENGTH = 128;

    private final Function<String, T> maker;
    private final @Nullable Entry<T>[] entries;

    @SuppressWarnings("unchecked")
    InternCache(Function<String, T> maker) {
        this.maker = maker;
        this.entries = (Entry<T>[]) new Entry<?>[SLOTS];
    }

    /**
     * The value of the UTF-8 text {@code bytes[start..end)}. What the maker throws passes through.
     *
     * @param bytes with {@link Chunk#SIZE} spare bytes behind the text
     */
    T get(byte[] bytes, int start, int end) {
        if (end - start > MAX_LENGTH) {
            return make(bytes, start, end);
        }
        long head = Chunk.head(bytes, start, end);
        int slot = hash(bytes, start, end, head) & (SLOTS - 1);
        Entry<T> first = entries[slot];
        if (first != null && first.isFor(bytes, start, end, head)) {
            return first.value;
        }
        Entry<T> second = entries[slot ^ 1];
        if (second != null && second.isFor(bytes, start, end, head)) {
            return second.value;
        }
        T made = make(bytes, start, end);
        entries[slot ^ 1] = first;
        entries[slot] = new Entry<>(Arrays.copyOfRange(bytes, start, end), head, made);
        return made;
    }

    private T make(byte[] bytes, int start, int end) {
        return maker.apply(new String(bytes, start, end - start, UTF_8));
    }

    private static int hash(byte[] bytes, int start, int end, long head) {
        long sum = head;
        for (int i = start + Chunk.SIZE; i < end; i += Chunk.SIZE) {
            sum = 31 * sum + Chunk.head(bytes, i, end);
        }
        return Chunk.hash(sum, end - start);
    }

    private static final class Entry<T> {

        private final byte[] key;
        private final long head;
        private final T value;

        Entry(byte[] key, long head, T value) {
            this.key = key;
            this.head = head;
            this.value = value;
        }

        boolean isFor(byte[] bytes, int start, int end, long bytesHead) {
            return Chunk.matches(key, head, bytes, start, end, bytesHead);
        }
    }
}
