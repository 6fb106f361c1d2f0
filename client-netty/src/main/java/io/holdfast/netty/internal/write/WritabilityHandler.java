package io.holdfast.netty.internal.write;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells a {@link WriteQueue} that stopped at a full channel that it may go on. On the event loop. */
public final class WritabilityHandler extends ChannelInboundHandlerAdapter {

    private final WriteQueue queue;

    /** A handler for the queue of the same channel. */
    public WritabilityHandler(WriteQueue queue) {
        this.queue = queue;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            queue.drain();
        }
        ctx.fireChannelWritabilityChanged();
    }
}
