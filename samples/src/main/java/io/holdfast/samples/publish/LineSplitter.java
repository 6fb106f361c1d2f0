package io.holdfast.samples.publish;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream of bytes at line feeds, and drops a carriage return before one.
 *
 * <p>The bytes of a line stay what they are: a payload is the application's, and text in UTF-8 needs no decoding to be cut
 * at a line feed. An empty line is an empty payload. Confined to the reading thread.
 */
final class LineSplitter {

    private final InputStream in;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[64 << 10];
    private int position;
    private int limit;
    private long lines;

    LineSplitter(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /** Whether input waits, so that {@link #next()} is worth calling before passing on what there is. */
    boolean isReady() throws IOException {
        return position < limit || in.available() > 0;
    }

    /** The next line, {@code null} at the end. A last line without a line feed counts, if it is not empty. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream begun = null;
        while (position < limit || fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            int length = end - position;
            check((begun == null ? 0L : begun.size()) + length);
            if (end < limit && begun == null) {
                byte[] line = Arrays.copyOfRange(buffer, position, end);
                position = end + 1;
                return finished(line);
            }
            begun = begun == null ? new ByteArrayOutputStream(length * 2 + 16) : begun;
            begun.write(buffer, position, length);
            position = end;
            if (end < limit) {
                position++;
                return finished(begun.toByteArray());
            }
        }
        return begun == null || begun.size() == 0 ? null : finished(begun.toByteArray());
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(read, 0);
        return read > 0;
    }

    private void check(long length) throws IOException {
        if (length > maxLineBytes) {
            throw new IOException("line " + (lines + 1) + " is longer than " + maxLineBytes + " bytes");
        }
    }

    private byte[] finished(byte[] line) {
        lines++;
        boolean crlf = line.length > 0 && line[line.length - 1] == '\r';
        return crlf ? Arrays.copyOf(line, line.length - 1) : line;
    }
}
