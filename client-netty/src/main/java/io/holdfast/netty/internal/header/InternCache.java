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

    /** The value of the UTF-8 text {@code bytes[start..end)}. What the maker throws passes through. */
    T get(byte[] bytes, int start, int end) {
        if (end - start > MAX_LENGTH) {
            return maker.apply(new String(bytes, start, end - start, UTF_8));
        }
        int slot = hash(bytes, start, end) & (SLOTS - 1);
        Entry<T> first = entries[slot];
        if (first != null && first.isFor(bytes, start, end)) {
            return first.value;
        }
        Entry<T> second = entries[slot ^ 1];
        if (second != null && second.isFor(bytes, start, end)) {
            return second.value;
        }
        T made = maker.apply(new String(bytes, start, end - start, UTF_8));
        entries[slot ^ 1] = first;
        entries[slot] = new Entry<>(Arrays.copyOfRange(bytes, start, end), made);
        return made;
    }

    private static int hash(byte[] bytes, int start, int end) {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ (hash >>> 8) ^ (hash >>> 16);
    }

    private static final class Entry<T> {

        private final byte[] key;
        private final T value;

        Entry(byte[] key, T value) {
            this.key = key;
            this.value = value;
        }

        boolean isFor(byte[] bytes, int start, int end) {
            return key.length == end - start && Arrays.equals(key, 0, key.length, bytes, start, end);
        }
    }
}
