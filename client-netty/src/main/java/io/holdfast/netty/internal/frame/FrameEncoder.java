package io.holdfast.netty.internal.frame;

import io.holdfast.client.error.FrameTooLargeException;
import io.netty.buffer.ByteBuf;

/**
 * Puts the length before a frame that is written straight into the write queue's buffer.
 *
 * <pre>
 * int mark = FrameEncoder.begin(out);
 * HeaderEncoder.writePublish(out, request, sequence);
 * FrameEncoder.end(out, mark, limits.maxFrameBytes());
 * </pre>
 *
 * <p>Without state; confined to whatever the buffer is confined to.
 */
public final class FrameEncoder {

    private FrameEncoder() {}

    /** Leaves room for the length and returns the mark to pass to {@link #end}. */
    public static int begin(ByteBuf out) {
        int mark = out.writerIndex();
        out.writeInt(0);
        return mark;
    }

    /**
     * Fills in the length of what was written since {@code mark}.
     *
     * @throws FrameTooLargeException if it is more than {@code maxFrameBytes}; {@code out} is then as it was before
     *     {@link #begin}
     */
    public static void end(ByteBuf out, int mark, int maxFrameBytes) {
        int length = out.writerIndex() - mark - FrameAssembler.LENGTH_BYTES;
        if (length > maxFrameBytes) {
            out.writerIndex(mark);
            throw new FrameTooLargeException(length, maxFrameBytes);
        }
        out.setInt(mark, length);
    }
}
