package io.holdfast.netty.internal.header;

import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;

/**
 * Reads the strings of a header (RFC 8259, section 7): finds the end, checks the UTF-8, undoes escapes in place.
 *
 * <p>Nearly all strings are plain ASCII and only looked through once. Confined to the event loop.
 */
final class JsonText {

    private byte[] bytes = {};
    private int limit;
    private int base;
    private int end;

    /**
     * Prepares for another header: {@code bytes[0..limit)}, then a zero, which ends every search, and the rest of
     * {@link Chunk#SIZE} spare bytes. The header begins {@code base} bytes into its frame.
     */
    void reset(byte[] newBytes, int newLimit, int newBase) {
        bytes = newBytes;
        limit = newLimit;
        base = newBase;
    }

    /** Where the content of the string read last ends, after its escapes were undone. */
    int end() {
        return end;
    }

    /**
     * Reads the string whose content begins at {@code from}.
     *
     * @return where to go on behind its closing quote
     * @throws ProtocolException if it is none
     */
    int read(int from) {
        byte[] b = bytes;
        int at = from;
        int plain = Chunk.plainBytes(Chunk.at(b, at));
        while (plain == Chunk.SIZE) {
            at += Chunk.SIZE;
            plain = Chunk.plainBytes(Chunk.at(b, at));
        }
        at += plain;
        if (b[at] != '"') {
            return readUnplain(at);
        }
        end = at;
        return at + 1;
    }

    private int readUnplain(int firstUnplain) {
        int write = firstUnplain;
        int i = firstUnplain;
        while (i < limit) {
            byte c = bytes[i];
            if (c == '"') {
                end = write;
                return i + 1;
            }
            if (c >= 0 && c < ' ') {
                throw malformed(i, "a control character in a string");
            }
            if (c == '\\') {
                int codePoint = escape(i);
                i += codePoint >= Character.MIN_SUPPLEMENTARY_CODE_POINT ? 12 : bytes[i + 1] == 'u' ? 6 : 2;
                write = Utf8.put(bytes, write, codePoint);
                continue;
            }
            int length = c >= 0 ? 1 : sequence(i);
            System.arraycopy(bytes, i, bytes, write, length);
            i += length;
            write += length;
        }
        throw truncated();
    }

    private int sequence(int at) {
        int length = Utf8.sequenceLength(bytes, at, limit);
        if (length == Utf8.CUT) {
            throw truncated();
        }
        if (length == Utf8.MALFORMED) {
            throw new ProtocolException(Violation.BAD_UTF8, (long) base + at, "a string is not UTF-8");
        }
        return length;
    }

    /** The code point that the escape at {@code at} stands for; one above the BMP takes two escapes. */
    private int escape(int at) {
        switch (byteAt(at + 1)) {
            case '"', '\\', '/' -> {
                return bytes[at + 1];
            }
            case 'b' -> {
                return '\b';
            }
            case 'f' -> {
                return '\f';
            }
            case 'n' -> {
                return '\n';
            }
            case 'r' -> {
                return '\r';
            }
            case 't' -> {
                return '\t';
            }
            case 'u' -> {
                return unicodeEscape(at);
            }
            default -> throw malformed(at, "an illegal escape");
        }
    }

    private int unicodeEscape(int at) {
        char first = hex(at + 2);
        if (!Character.isSurrogate(first)) {
            return first;
        }
        if (Character.isHighSurrogate(first) && byteAt(at + 6) == '\\' && byteAt(at + 7) == 'u') {
            char second = hex(at + 8);
            if (Character.isLowSurrogate(second)) {
                return Character.toCodePoint(first, second);
            }
        }
        throw malformed(at, "an escape for half a surrogate pair, which is no character");
    }

    private char hex(int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(byteAt(i), 16);
            if (digit < 0) {
                throw malformed(i, "an escape without four hexadecimal digits");
            }
            value = 16 * value + digit;
        }
        return (char) value;
    }

    private byte byteAt(int at) {
        if (at >= limit) {
            throw truncated();
        }
        return bytes[at];
    }

    private ProtocolException truncated() {
        return new ProtocolException(
                Violation.TRUNCATED_HEADER, (long) base + limit, "the frame ends within a string of its header");
    }

    private ProtocolException malformed(int at, String what) {
        return new ProtocolException(Violation.MALFORMED_HEADER, (long) base + at, what);
    }
}
