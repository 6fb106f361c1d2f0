package io.holdfast.netty.internal.frame;

import io.netty.buffer.ByteBuf;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester")
public final class FrameEncoder {

    private FrameEncoder() {}

    /** Leaves room for the length and returns the mark to pass to {@link #end}. */
    public static int begin(ByteBuf out) {
        throw new UnsupportedOperationException();
    }

    /**
     * Fills in the length of what was written since {@code mark}.
     *
     * @throws io.holdfast.client.error.FrameTooLargeException if it is more than {@code maxFrameBytes}; {@code out} is then
     *     as it was before {@link #begin}
     */
    public static void end(ByteBuf out, int mark, int maxFrameBytes) {
        throw new UnsupportedOperationException();
    }
}
