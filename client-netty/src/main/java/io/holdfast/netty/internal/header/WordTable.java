package io.holdfast.netty.internal.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of words, found by their bytes without making a string: header keys, commands, ack types. Immutable.
 *
 * <p>Open addressing in a table at least four times as large as the set, so that a search looks at one or two slots.
 */
final class WordTable<T> {

    private final byte[][] words;
    private final T[] values;
    private final int mask;

    @SuppressWarnings("unchecked")
    private WordTable(int size) {
        words = new byte[size][];
        values = (T[]) new Object[size];
        mask = size - 1;
    }

    static <T> WordTable<T> of(Map<String, T> entries) {
        WordTable<T> table = new WordTable<>(Integer.highestOneBit(entries.size()) * 8);
        entries.forEach((word, value) -> table.put(word.getBytes(UTF_8), value));
        return table;
    }

    /** The value of the word {@code bytes[start..end)}, or null if it is none of the set. */
    @Nullable
    T find(byte[] bytes, int start, int end) {
        if (start == end) {
            return null;
        }
        for (int slot = hash(bytes, start, end) & mask; words[slot] != null; slot = (slot + 1) & mask) {
            byte[] word = words[slot];
            if (word.length == end - start && Arrays.equals(word, 0, word.length, bytes, start, end)) {
                return values[slot];
            }
        }
        return null;
    }

    private void put(byte[] word, T value) {
        int slot = hash(word, 0, word.length) & mask;
        while (words[slot] != null) {
            slot = (slot + 1) & mask;
        }
        words[slot] = word;
        values[slot] = value;
    }

    /** Length, both ends and the middle tell our words apart well enough. */
    private static int hash(byte[] bytes, int start, int end) {
        int length = end - start;
        int hash = length + 31 * (bytes[start] + 31 * (bytes[end - 1] + 31 * bytes[start + length / 2]));
        return hash ^ (hash >>> 7);
    }
}
