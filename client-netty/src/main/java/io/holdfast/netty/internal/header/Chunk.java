package io.holdfast.netty.internal.header;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Eight bytes at once: most keys, words and ids of a header are no longer, and are compared in one step. Without state.
 *
 * <p>Arrays that are read in chunks end with {@link #SIZE} spare bytes, so that a chunk may begin at any byte that counts.
 */
final class Chunk {

    static final int SIZE = Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Chunk() {}

    /** The eight bytes from {@code index} on, the first one lowest. */
    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /** The first bytes of {@code bytes[start..end)}, at most eight; zero where there are fewer. */
    static long head(byte[] bytes, int start, int end) {
        int length = end - start;
        return length >= SIZE ? at(bytes, start) : at(bytes, start) & ((1L << (8 * length)) - 1);
    }

    /** Whether the bytes are those of {@code word}, of which {@code head} is the beginning. */
    static boolean matches(byte[] word, long head, byte[] bytes, int start, int end, long bytesHead) {
        return head == bytesHead
                && word.length == end - start
                && (word.length <= SIZE || Arrays.equals(word, SIZE, word.length, bytes, start + SIZE, end));
    }

    /**
     * How many bytes of the chunk come before the first that cannot stand in a JSON string as it is, or is not ASCII: quote,
     * backslash, control characters, and whatever has its high bit set; {@link #SIZE} if there is none.
     *
     * <p>A byte of {@code v} below {@code n} sets its high bit in {@code (v - n * ONES) & ~v}; borrows may set further ones
     * above it, so only the first is to be trusted.
     */
    static int plainBytes(long chunk) {
        long quote = chunk ^ ('"' * ONES);
        long backslash = chunk ^ ('\\' * ONES);
        long found =
                ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((chunk - ' ' * ONES) & ~chunk) | chunk;
        return Long.numberOfTrailingZeros(found & HIGH_BITS) >>> 3;
    }

    /** How many bytes of the chunk come before the first that is no digit; {@link #SIZE} if there is none. */
    static int digits(long chunk) {
        return Long.numberOfTrailingZeros(notDigits(chunk ^ ('0' * ONES))) >>> 3;
    }

    /**
     * The number that the first {@code count} digits of the chunk write.
     *
     * @param count 1 to 8
     * @return -1 if there is another byte among them
     */
    static int number(long chunk, int count) {
        long digits = (chunk ^ ('0' * ONES)) << (Long.SIZE - Byte.SIZE * count); // leading zeros move in
        if (notDigits(digits) != 0) {
            return -1;
        }
        long pairs = digits * 10 + (digits >>> 8);
        long even = (pairs & 0x000000FF000000FFL) * (100 + (1_000_000L << 32));
        long odd = ((pairs >>> 16) & 0x000000FF000000FFL) * (1 + (10_000L << 32));
        return (int) ((even + odd) >>> 32);
    }

    /** The high bits of bytes above nine; as with {@link #plainBytes}, the first is right, those above it may be too many. */
    private static long notDigits(long values) {
        return ((values + 0x7676767676767676L) | values) & HIGH_BITS;
    }

    /** A hash of the head, in the upper bits too. */
    static int hash(long head, int length) {
        long mixed = (head + length) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 40);
    }
}
