package io.holdfast.samples.doctor.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream, each cut at {@value #MOST_BYTES} bytes: a log may hold anything, and the rest of a long line is skipped, not kept.
 *
 * <p>Bytes that are no UTF-8 become the replacement character. Confined to the reading thread.
 */
final class BoundedLines {

    /** More than any form of a line that is known here. */
    static final int MOST_BYTES = 8 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[64 << 10];
    private final byte[] line = new byte[MOST_BYTES];
    private int position;
    private int limit;
    private long cut;

    BoundedLines(InputStream in) {
        this.in = in;
    }

    /** The next line without its end, {@code null} at the end of the stream. */
    @Nullable
    String next() throws IOException {
        int length = 0;
        long whole = 0;
        while (position < limit || fill()) {
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            int kept = Math.min(position - start, MOST_BYTES - length);
            System.arraycopy(buffer, start, line, length, kept);
            length += kept;
            whole += position - start;
            if (position < limit) {
                position++;
                return text(length, whole);
            }
        }
        return whole == 0 ? null : text(length, whole);
    }

    /** How many lines were cut so far. */
    long cut() {
        return cut;
    }

    private String text(int length, long whole) {
        cut += whole > length ? 1 : 0;
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
