package io.holdfast.netty.internal.header;

/** UTF-8 as The Unicode Standard defines it (table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

    /** The sequence breaks the rules. */
    static final int MALFORMED = 0;

    /** The sequence is fine as far as it goes, but the bytes end within it. */
    static final int CUT = -1;

    private Utf8() {}

    /** The length of the sequence at {@code at}, 1 to 4, or {@link #MALFORMED}, or {@link #CUT}. */
    static int sequenceLength(byte[] bytes, int at, int limit) {
        int lead = bytes[at] & 0xff;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xc2 || lead > 0xf4) {
            return MALFORMED;
        }
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (at + 1 >= limit) {
            return CUT;
        }
        int second = bytes[at + 1] & 0xff;
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return MALFORMED;
        }
        for (int i = at + 2; i < at + length; i++) {
            if (i >= limit) {
                return CUT;
            }
            if ((bytes[i] & 0xc0) != 0x80) {
                return MALFORMED;
            }
        }
        return length;
    }

    /** Writes a code point that is no surrogate; returns the index behind it. */
    static int put(byte[] bytes, int at, int codePoint) {
        if (codePoint < 0x80) {
            bytes[at] = (byte) codePoint;
            return at + 1;
        }
        if (codePoint < 0x800) {
            bytes[at] = (byte) (0xc0 | (codePoint >> 6));
            bytes[at + 1] = continuation(codePoint);
            return at + 2;
        }
        if (codePoint < 0x10000) {
            bytes[at] = (byte) (0xe0 | (codePoint >> 12));
            bytes[at + 1] = continuation(codePoint >> 6);
            bytes[at + 2] = continuation(codePoint);
            return at + 3;
        }
        bytes[at] = (byte) (0xf0 | (codePoint >> 18));
        bytes[at + 1] = continuation(codePoint >> 12);
        bytes[at + 2] = continuation(codePoint >> 6);
        bytes[at + 3] = continuation(codePoint);
        return at + 4;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }
}
