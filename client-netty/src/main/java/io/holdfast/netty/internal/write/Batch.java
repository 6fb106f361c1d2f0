package io.holdfast.netty.internal.write;

import static java.util.Objects.requireNonNull;

import io.holdfast.netty.internal.frame.FrameEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Whole frames, one behind the other in one pooled buffer, which is taken from the pool with the first frame.
 *
 * <p>Not thread-safe: guarded by the lock of its {@link WriteQueue}.
 */
final class Batch {

    private static final int SMALLEST = 512;
    private static final int LARGEST_AT_FIRST = 256 << 10;

    private final ByteBufAllocator allocator;
    private final int maxFrameBytes;
    private int firstSize = SMALLEST;
    private @Nullable ByteBuf buffer;

    Batch(ByteBufAllocator allocator, int maxFrameBytes) {
        this.allocator = allocator;
        this.maxFrameBytes = maxFrameBytes;
    }

    /** Appends one frame and returns its bytes, the length field included; if it throws, nothing of the frame stays. */
    <T> int append(Encoder<T> encoder, T what, long number) {
        ByteBuf out = buffer;
        if (out == null) {
            out = allocator.ioBuffer(firstSize);
            buffer = out;
        }
        int start = out.writerIndex();
        boolean whole = false;
        try {
            int mark = FrameEncoder.begin(out);
            encoder.encode(out, what, number);
            FrameEncoder.end(out, mark, maxFrameBytes);
            whole = true;
            return out.writerIndex() - start;
        } finally {
            if (!whole) {
                takeBack(out.writerIndex() - start);
            }
        }
    }

    /** Takes the last frame back. */
    void takeBack(int bytes) {
        ByteBuf out = requireNonNull(buffer);
        out.writerIndex(out.writerIndex() - bytes);
        if (!out.isReadable()) {
            // it may have grown to the size of what was refused
            release();
        }
    }

    /** Hands over the frames, with the duty to release them; {@code null} if there are none. */
    @Nullable
    ByteBuf take() {
        ByteBuf out = buffer;
        buffer = null;
        if (out != null) {
            firstSize = Math.max(SMALLEST, Math.min(LARGEST_AT_FIRST, out.readableBytes()));
        }
        return out;
    }

    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }

    /** Writes a header and a body. Given as a method reference, so that sending makes no object. */
    interface Encoder<T> {
        void encode(ByteBuf out, T what, long number);
    }
}
