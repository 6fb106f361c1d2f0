package io.holdfast.broker.internal.wire;

import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the stream into frames (4-byte unsigned big-endian length, then as many bytes) and reads their headers. A length is judged
 * before its frame is buffered. Confined to the event loop; one per connection.
 */
public final class FrameDecoder extends ByteToMessageDecoder {

    private static final int LENGTH_BYTES = 4;

    private final HeaderReader reader;
    private long maxFrameBytes;
    private boolean broken;

    /** A decoder that accepts frames up to this size until told otherwise. */
    public FrameDecoder(HeaderReader reader, int maxFrameBytes) {
        this.reader = reader;
        this.maxFrameBytes = maxFrameBytes;
    }

    /** Sets the largest frame from the next one on, in bytes after the length field. */
    public void maxFrameBytes(int value) {
        maxFrameBytes = value;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes()); // what follows a violation has no meaning
            return;
        }
        if (in.readableBytes() < LENGTH_BYTES) {
            return;
        }
        long length = in.getUnsignedInt(in.readerIndex());
        if (length == 0) {
            throw violation(Violation.EMPTY_FRAME, "a frame of length zero");
        }
        if (length > maxFrameBytes) {
            throw violation(
                    Violation.FRAME_TOO_LARGE, "a frame of " + length + " bytes, at most " + maxFrameBytes + " here");
        }
        if (in.readableBytes() - LENGTH_BYTES < length) {
            return;
        }
        in.skipBytes(LENGTH_BYTES);
        byte[] content = new byte[(int) length];
        in.readBytes(content);
        try {
            out.add(reader.read(content));
        } catch (ProtocolException e) {
            broken = true;
            throw e;
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        super.decodeLast(ctx, in, out);
        if (in.isReadable() && !broken) {
            int left = in.readableBytes();
            in.skipBytes(left);
            // fired, not thrown: thrown it would arrive after the end of the connection
            ctx.fireExceptionCaught(
                    violation(Violation.TRUNCATED_FRAME, "the connection ended " + left + " bytes into a frame"));
        }
    }

    private ProtocolException violation(Violation violation, String detail) {
        broken = true;
        return new ProtocolException(violation, -1, detail);
    }
}
