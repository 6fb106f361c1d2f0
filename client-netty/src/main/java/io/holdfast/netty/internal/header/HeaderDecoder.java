package io.holdfast.netty.internal.header;

import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.message.CommandType;
import io.holdfast.netty.internal.frame.Frame;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of each frame and passes the message on as an {@link InboundFrame}, which is the same object each time
 * and valid during the call. The stage between {@link io.holdfast.netty.internal.frame.FrameDecoder} and the session.
 *
 * <p>A {@code sow} frame becomes one message per record; between two records the frame stage is asked whether to go on, so
 * that a pause stops in the middle of a batch as well. What breaks the protocol goes on as one {@link ProtocolException},
 * and the frame stage reads nothing more. Confined to the event loop.
 */
public final class HeaderDecoder extends ChannelInboundHandlerAdapter {

    private static final int NO_BATCH = -1;

    private final HeaderParser parser = new HeaderParser();
    private final InboundFrame message = new InboundFrame();
    private final InboundFrame sowRecord = new InboundFrame();

    /** Where in a batch of records the next one begins. */
    private int nextRecord = NO_BATCH;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object received) {
        if (!(received instanceof Frame frame)) {
            ctx.fireChannelRead(received);
            return;
        }
        InboundFrame next;
        try {
            next = read(frame);
        } catch (ProtocolException violation) {
            frame.refuse();
            ctx.fireExceptionCaught(violation);
            return;
        }
        if (next != null) {
            ctx.fireChannelRead(next);
        }
    }

    /** The next message of this frame; null for a batch without records. */
    private @Nullable InboundFrame read(Frame frame) {
        if (nextRecord == NO_BATCH) {
            parser.parse(frame.buffer(), frame.index(), frame.length(), message);
            InboundRules.check(message);
            if (message.type() != CommandType.SOW) {
                return message;
            }
            nextRecord = frame.length() - message.payload().length();
            if (nextRecord == frame.length()) {
                nextRecord = NO_BATCH;
                return null;
            }
        }
        nextRecord = parser.parseRecord(frame.buffer(), frame.index(), frame.length(), nextRecord, message, sowRecord);
        if (nextRecord < frame.length()) {
            frame.unfinished();
        } else {
            nextRecord = NO_BATCH;
        }
        return sowRecord;
    }
}
