package io.holdfast.broker.internal.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: Jackson lets encoded surrogates and overlong forms pass, the JDK's decoder does not. */
final class Utf8 {

    private Utf8() {}

    /**
     * The offset of the first byte that is not UTF-8 within the first {@code length} ones, or -1. A character that is cut off at
     * the end is not malformed.
     */
    static long firstMalformed(byte[] bytes, int length) {
        int start = 0;
        while (start < length && bytes[start] >= 0) {
            start++;
        }
        if (start == length) {
            return -1;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, start, length - start);
        CharBuffer out = CharBuffer.allocate(1024);
        CoderResult result = decoder.decode(in, out, false);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, false);
        }
        return result.isError() ? in.position() : -1;
    }
}
