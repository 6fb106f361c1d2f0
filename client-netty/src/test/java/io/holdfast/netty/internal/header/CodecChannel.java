package io.holdfast.netty.internal.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Limits;
import io.holdfast.netty.internal.frame.FrameDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The two stages of the codec in a channel without a socket, and an account of every byte of their buffers. */
final class CodecChannel implements AutoCloseable {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final List<Throwable> errors = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private int readsCompleted;

    final FrameDecoder frames = new FrameDecoder(Limits.DEFAULTS.maxFrameBytes());

    CodecChannel(Consumer<InboundFrame> onMessage) {
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(frames, new HeaderDecoder(), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                onMessage.accept((InboundFrame) message);
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                readsCompleted++;
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                errors.add(cause);
            }
        });
    }

    void receive(byte[] bytes) {
        receive(bytes, 0, bytes.length);
    }

    void receive(byte[] bytes, int offset, int length) {
        ByteBuf buffer = allocator.directBuffer(Math.max(length, 1));
        buffer.writeBytes(bytes, offset, length);
        channel.writeInbound(buffer);
    }

    List<Throwable> errors() {
        return errors;
    }

    int readsCompleted() {
        return readsCompleted;
    }

    boolean autoRead() {
        return channel.config().isAutoRead();
    }

    void disconnect() {
        channel.pipeline().fireChannelInactive();
    }

    /** Ends the channel and shows that no buffer is left. */
    @Override
    public void close() {
        channel.finishAndReleaseAll();
        assertThat(allocator.metric().usedDirectMemory())
                .as("direct memory not released")
                .isZero();
        assertThat(allocator.metric().usedHeapMemory())
                .as("heap memory not released")
                .isZero();
    }

    /** The content with its length before it. */
    static byte[] framed(byte[] content) {
        byte[] frame = new byte[4 + content.length];
        for (int i = 0; i < 4; i++) {
            frame[i] = (byte) (content.length >>> (24 - 8 * i));
        }
        System.arraycopy(content, 0, frame, 4, content.length);
        return frame;
    }
}
