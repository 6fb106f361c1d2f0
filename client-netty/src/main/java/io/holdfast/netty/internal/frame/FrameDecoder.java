package io.holdfast.netty.internal.frame;

import io.netty.channel.ChannelInboundHandlerAdapter;

/** Skeleton. */
@SuppressWarnings("DoNotCallSuggester")
public final class FrameDecoder extends ChannelInboundHandlerAdapter {

    /** A decoder that accepts frames of at most this many bytes, header and body. */
    public FrameDecoder(int maxFrameBytes) {
        if (maxFrameBytes < 1) {
            throw new IllegalArgumentException("maxFrameBytes is at least 1, not " + maxFrameBytes);
        }
    }

    /** Stops delivery (not one frame more) and, by auto-read, reading. Idempotent. On the event loop only. */
    public void pause() {
        throw new UnsupportedOperationException();
    }

    /** Goes on with what is buffered, then with reading. Idempotent. On the event loop only. */
    public void resume() {
        throw new UnsupportedOperationException();
    }

    /** Whether {@link #pause()} holds. */
    public boolean isPaused() {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends reading for good: whatever has come or still comes is released unread, and the end of the channel is no
     * {@code TRUNCATED_FRAME} any more. For whoever is about to close the channel. Idempotent. On the event loop only.
     */
    public void stop() {
        throw new UnsupportedOperationException();
    }
}
