package io.holdfast.broker.internal.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes of a file anywhere before a limit, through one small buffer. For one thread at a time. */
final class FileWindow implements AutoCloseable {

    private static final int BYTES = 64 << 10;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BYTES).limit(0);
    private long start;
    private long limit;

    FileWindow(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /** How large the file is now. */
    long fileSize() throws IOException {
        return channel.size();
    }

    /** Nothing at or after this place is read; it may grow. */
    void limit(long end) {
        limit = end;
    }

    long limit() {
        return limit;
    }

    int intAt(long place) throws IOException {
        return buffer.getInt(load(place, Integer.BYTES));
    }

    long longAt(long place) throws IOException {
        return buffer.getLong(load(place, Long.BYTES));
    }

    /** So many bytes, copied. */
    byte[] bytesAt(long place, int length) throws IOException {
        byte[] bytes = new byte[length];
        int copied = 0;
        while (copied < length) {
            int piece = Math.min(length - copied, BYTES);
            buffer.get(load(place + copied, piece), bytes, copied, piece);
            copied += piece;
        }
        return bytes;
    }

    private int load(long place, int length) throws IOException {
        if (place < start || place + length > start + buffer.limit()) {
            if (place + length > limit) {
                throw new EOFException("byte " + (place + length) + " of " + limit);
            }
            start = place;
            buffer.clear().limit((int) Math.min(BYTES, limit - place));
            while (buffer.hasRemaining() && channel.read(buffer, place + buffer.position()) >= 0) {
                // until it is full; a file cut short shows below
            }
            buffer.flip();
            if (buffer.limit() < length) {
                throw new EOFException("byte " + (place + buffer.limit()) + " of " + limit);
            }
        }
        return (int) (place - start);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
