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
    private final long[] heads;
    private final T[] values;
    private final int mask;

    @SuppressWarnings("unchecked")
    private WordTable(int size) {
        words = new byte[size][];
        heads = new long[size];
        values = (T[]) new Object[size];
        mask = size - 1;
    }

    static <T> WordTable<T> of(Map<String, T> entries) {
        WordTable<T> table = new WordTable<>(Integer.highestOneBit(entries.size()) * 8);
        entries.forEach((word, value) -> table.put(word.getBytes(UTF_8), value));
        return table;
    }

    /**
     * The value of the word {@code bytes[start..end)}, or null if it is none of the set.
     *
     * @param bytes with {@link Chunk#SIZE} spare bytes behind the word
     */
    @Nullable
    T find(byte[] bytes, int start, int end) {
        long head = Chunk.head(bytes, start, end);
        int slot = Chunk.hash(head, end - start) & mask;
        while (words[slot] != null) {
            if (Chunk.matches(words[slot], heads[slot], bytes, start, end, head)) {
                return values[slot];
            }
            slot = (slot + 1) & mask;
        }
        return null;
    }

    private void put(byte[] word, T value) {
        byte[] padded = Arrays.copyOf(word, word.length + Chunk.SIZE);
        long head = Chunk.head(padded, 0, word.length);
        int slot = Chunk.hash(head, word.length) & mask;
        while (words[slot] != null) {
            slot = (slot + 1) & mask;
        }
        words[slot] = word;
        heads[slot] = head;
        values[slot] = value;
    }
}
