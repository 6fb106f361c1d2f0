package io.holdfast.netty.internal.header;

/** The numbers of a header: their grammar (RFC 8259, section 6) and the whole numbers that the protocol uses. */
final class JsonNumber {

    /** The bytes end before the number is known to. */
    static final int CUT = -1;

    /** There is no number. */
    static final int NONE = -2;

    private static final int MOST_DIGITS = 19; // of Long.MAX_VALUE

    private JsonNumber() {}

    /** Where the number at {@code from} ends, or {@link #CUT}, or {@link #NONE}. */
    static int end(byte[] bytes, int from, int limit) {
        int at = from < limit && bytes[from] == '-' ? from + 1 : from;
        int whole = at;
        at = digits(bytes, at, limit);
        if (at == whole) {
            return at >= limit ? CUT : NONE;
        }
        if (bytes[whole] == '0') {
            at = whole + 1; // what follows a leading zero is not part of the number
        }
        if (at < limit && bytes[at] == '.') {
            at = atLeastOneDigit(bytes, at + 1, limit);
        }
        if (at >= 0 && at < limit && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (at < limit && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            at = atLeastOneDigit(bytes, at, limit);
        }
        return at >= limit ? CUT : at;
    }

    private static int atLeastOneDigit(byte[] bytes, int from, int limit) {
        int at = digits(bytes, from, limit);
        if (at > from) {
            return at;
        }
        return at >= limit ? CUT : NONE;
    }

    private static int digits(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    /** The value of a number from 0 to {@link Long#MAX_VALUE} in plain digits, or -1 if it is anything else. */
    static long wholeNumber(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end - 1 && bytes[at] == '0') {
            at++; // only within quotes: without them JSON has no leading zeros
        }
        if (at >= end || end - at > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit; // 19 digits overflow at most into the negative
        }
        return number < 0 ? -1 : number;
    }
}
