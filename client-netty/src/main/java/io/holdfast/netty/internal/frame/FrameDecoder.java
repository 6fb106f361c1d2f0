package io.holdfast.netty.internal.frame;

import io.holdfast.client.Limits;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream into frames and hands each on as a {@link Frame}: the first stage after the socket (or TLS).
 *
 * <p>Here delivery is paused and resumed, since this is the only stage that holds bytes back. What breaks the protocol goes
 * through the pipeline as one {@link ProtocolException}; after it, as after {@link #stop()} or a {@code close} that passes
 * through the pipeline, everything received is released unread. Confined to the event loop.
 *
 * <p>What is held is bounded: one unfinished frame of at most the limit, and, while paused, what one read of the socket had
 * already brought when auto-read was turned off.
 */
public final class FrameDecoder extends ChannelDuplexHandler {

    private final int maxFrameBytes;
    private final Frame frame = new Frame();
    private @Nullable ChannelHandlerContext context;
    private @Nullable FrameAssembler assembler;

    private boolean paused;
    private boolean stopped;
    private boolean delivering;
    private boolean autoReadTurnedOff;
    /** The current frame holds more messages than have been delivered. */
    private boolean frameUnfinished;

    /** A decoder that accepts frames of at most this many bytes, header and body. */
    public FrameDecoder(int maxFrameBytes) {
        if (maxFrameBytes < 1 || maxFrameBytes > Limits.MAX_FRAME_BYTES) {
            throw new IllegalArgumentException(
                    "maxFrameBytes is 1.." + Limits.MAX_FRAME_BYTES + ", not " + maxFrameBytes);
        }
        this.maxFrameBytes = maxFrameBytes;
    }

    /**
     * Stops delivery (not one frame, not one record of a frame more) and, by auto-read, reading. Idempotent; may be called
     * while a frame is being delivered. On the event loop only.
     */
    public void pause() {
        paused = true;
        if (!autoReadTurnedOff) {
            autoReadTurnedOff = true;
            attached().channel().config().setAutoRead(false);
        }
    }

    /**
     * Goes on with what is buffered, then with reading. Idempotent; may be called while a frame is being delivered: then
     * delivery goes on when that returns. On the event loop only.
     */
    public void resume() {
        if (!paused) {
            return;
        }
        paused = false;
        if (!delivering && deliver(attached())) {
            attached().fireChannelReadComplete();
        }
    }

    /** Whether {@link #pause()} holds. */
    public boolean isPaused() {
        return paused;
    }

    /**
     * Ends reading for good: whatever has come or still comes is released unread, and the end of the channel is no
     * {@link Violation#TRUNCATED_FRAME} any more. Idempotent. On the event loop only.
     */
    public void stop() {
        stopped = true;
        if (!delivering && assembler != null) {
            assembler.release();
            frame.clear();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        assembler = new FrameAssembler(maxFrameBytes, ctx.alloc());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf received)) {
            ctx.fireChannelRead(message);
        } else if (stopped || assembler == null) {
            received.release();
        } else {
            assembler.add(received);
            deliver(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        // While paused the rest is unread by our own wish, and where it ends says nothing about the peer.
        int partial = stopped || paused || delivering || assembler == null ? 0 : assembler.partialBytes();
        stop();
        if (partial > 0) {
            int content = partial - FrameAssembler.LENGTH_BYTES;
            ctx.fireExceptionCaught(new ProtocolException(
                    Violation.TRUNCATED_FRAME, Math.max(content, -1), "the connection ended within a frame"));
        }
        ctx.fireChannelInactive();
    }

    /** A close of ours; the peer's does not come this way. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        stop();
        var unused = ctx.close(promise);
    }

    /** Hands frames on until there is none, or somebody says stop; returns whether there was one. */
    private boolean deliver(ChannelHandlerContext ctx) {
        if (delivering || assembler == null) {
            return false; // called from within a delivery: the loop below goes on when that returns
        }
        boolean any = false;
        delivering = true;
        try {
            while (!paused && !stopped && (frameUnfinished || assembler.next(frame))) {
                any = true;
                ctx.fireChannelRead(frame);
                frameUnfinished = frame.takeUnfinished();
                stopped |= frame.isRefused();
            }
        } catch (ProtocolException badLength) {
            stopped = true;
            ctx.fireExceptionCaught(badLength);
        } finally {
            delivering = false;
        }
        if (stopped) {
            stop();
        } else if (!paused && autoReadTurnedOff) {
            autoReadTurnedOff = false;
            ctx.channel().config().setAutoRead(true);
        }
        return any;
    }

    private ChannelHandlerContext attached() {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return context;
    }
}
