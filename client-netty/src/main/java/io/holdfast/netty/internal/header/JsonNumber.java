package io.holdfast.netty.internal.header;

/** The numbers of a header: their grammar (RFC 8259, section 6) and the whole numbers that the protocol uses. */
final class JsonNumber {

    private static final int MOST_DIGITS = 19; // of Long.MAX_VALUE
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private JsonNumber() {}

    /**
     * Where the number at {@code from} ends, or, if there is none, the complement ({@code ~}) of where that shows.
     *
     * @param bytes with something behind the number that is no part of one, and {@link Chunk#SIZE} spare bytes
     */
    static int end(byte[] bytes, int from) {
        int whole = bytes[from] == '-' ? from + 1 : from;
        int at = digits(bytes, whole);
        if (at == whole) {
            return ~at;
        }
        if (bytes[whole] == '0') {
            at = whole + 1; // what follows a leading zero is not part of the number
        }
        if (bytes[at] == '.') {
            int fraction = at + 1;
            at = digits(bytes, fraction);
            if (at == fraction) {
                return ~at;
            }
        }
        return bytes[at] == 'e' || bytes[at] == 'E' ? exponent(bytes, at + 1) : at;
    }

    private static int exponent(byte[] bytes, int from) {
        int first = bytes[from] == '+' || bytes[from] == '-' ? from + 1 : from;
        int at = digits(bytes, first);
        return at == first ? ~at : at;
    }

    private static int digits(byte[] bytes, int from) {
        int at = from;
        int count = Chunk.digits(Chunk.at(bytes, at));
        while (count == Chunk.SIZE) {
            at += Chunk.SIZE;
            count = Chunk.digits(Chunk.at(bytes, at));
        }
        return at + count;
    }

    /**
     * The value of a number from 0 to {@link Long#MAX_VALUE} in plain digits, or -1 if it is anything else.
     *
     * @param bytes with {@link Chunk#SIZE} spare bytes behind the number
     */
    static long wholeNumber(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end - 1 && bytes[at] == '0') {
            at++; // only within quotes: without them JSON has no leading zeros
        }
        if (at >= end || end - at > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        while (at < end) {
            int count = Math.min(end - at, Chunk.SIZE);
            int next = Chunk.number(Chunk.at(bytes, at), count);
            if (next < 0) {
                return -1;
            }
            number = number * POWERS[count] + next; // 19 digits overflow at most into the negative
            at += count;
        }
        return number < 0 ? -1 : number;
    }
}
