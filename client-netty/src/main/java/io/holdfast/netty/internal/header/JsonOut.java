package io.holdfast.netty.internal.header;

import io.holdfast.client.message.Topic;
import io.netty.buffer.ByteBuf;

/**
 * Writes the parts of a header into a buffer: text with the escapes of RFC 8259 and in UTF-8, numbers in digits. Makes no
 * garbage. Without state.
 */
final class JsonOut {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private JsonOut() {}

    /**
     * Writes the content of a string, without its quotes.
     *
     * @throws IllegalArgumentException if half a surrogate pair stands alone: it is no character, and what a broker would
     *     make of a substitute is not what the caller meant
     */
    static void text(ByteBuf out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii(out, c);
            } else if (!Character.isSurrogate(c)) {
                codePoint(out, c);
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                codePoint(out, Character.toCodePoint(c, text.charAt(i + 1)));
                i++;
            } else {
                throw new IllegalArgumentException("half a surrogate pair at index " + i + " of a text");
            }
        }
    }

    /** Writes a topic as the content of a string. */
    static void topic(ByteBuf out, Topic topic) {
        int length = topic.utf8Length();
        out.ensureWritable(2 * length); // a topic holds no control character: no escape is longer than two bytes
        int at = out.writerIndex();
        for (int i = 0; i < length; i++) {
            byte b = topic.utf8At(i);
            if (b == '"' || b == '\\') {
                out.setByte(at++, '\\');
            }
            out.setByte(at++, b);
        }
        out.writerIndex(at);
    }

    /** Writes a number that is zero or more. */
    static void number(ByteBuf out, long number) {
        int digits = digits(number);
        out.ensureWritable(digits);
        int start = out.writerIndex();
        int at = start + digits;
        long rest = number;
        while (at - start >= Long.BYTES) { // eight digits in one access to the buffer
            at -= Long.BYTES;
            int low = (int) (rest % 100_000_000);
            rest /= 100_000_000;
            out.setLong(at, eightDigits(low));
        }
        for (int low = (int) rest; at > start; low /= 10) {
            out.setByte(--at, '0' + low % 10);
        }
        out.writerIndex(start + digits);
    }

    private static long eightDigits(int number) {
        long text = 0;
        int rest = number;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            text |= (long) ('0' + rest % 10) << shift;
            rest /= 10;
        }
        return text;
    }

    private static int digits(long number) {
        int digits = 1;
        long bound = 10;
        while (digits < 19 && number >= bound) {
            digits++;
            bound *= 10;
        }
        return digits;
    }

    private static void ascii(ByteBuf out, char c) {
        if (c >= ' ') {
            if (c == '"' || c == '\\') {
                out.writeByte('\\');
            }
            out.writeByte(c);
            return;
        }
        out.writeByte('\\');
        switch (c) {
            case '\b' -> out.writeByte('b');
            case '\f' -> out.writeByte('f');
            case '\n' -> out.writeByte('n');
            case '\r' -> out.writeByte('r');
            case '\t' -> out.writeByte('t');
            default -> {
                out.writeByte('u').writeByte('0').writeByte('0');
                out.writeByte(HEX[c >> 4]).writeByte(HEX[c & 15]);
            }
        }
    }

    private static void codePoint(ByteBuf out, int c) {
        if (c < 0x800) {
            out.writeByte(0xc0 | (c >> 6));
        } else {
            if (c < 0x10000) {
                out.writeByte(0xe0 | (c >> 12));
            } else {
                out.writeByte(0xf0 | (c >> 18));
                out.writeByte(0x80 | ((c >> 12) & 0x3f));
            }
            out.writeByte(0x80 | ((c >> 6) & 0x3f));
        }
        out.writeByte(0x80 | (c & 0x3f));
    }
}
