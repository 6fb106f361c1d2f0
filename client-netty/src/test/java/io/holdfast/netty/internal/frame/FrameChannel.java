package io.holdfast.netty.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A frame decoder in a channel without a socket, what came out of it, and an account of every byte of its buffers. */
final class FrameChannel implements AutoCloseable {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final EmbeddedChannel channel = new EmbeddedChannel();

    final FrameDecoder decoder;
    final List<byte[]> frames = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    private Frame lastFrame;
    Runnable onFrame = () -> {};

    FrameChannel(int maxFrameBytes) {
        decoder = new FrameDecoder(maxFrameBytes);
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(decoder, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                Frame frame = (Frame) message;
                lastFrame = frame;
                byte[] content = new byte[frame.length()];
                frame.buffer().getBytes(frame.index(), content);
                frames.add(content);
                events.add("frame");
                onFrame.run();
                byte[] after = new byte[frame.length()];
                frame.buffer().getBytes(frame.index(), after);
                assertThat(after)
                        .as("the frame stays in its place during the call")
                        .isEqualTo(content);
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                events.add("complete");
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                events.add("inactive");
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                errors.add(cause);
                events.add("error");
            }
        });
    }

    Frame lastFrame() {
        return lastFrame;
    }

    EmbeddedChannel channel() {
        return channel;
    }

    /** One read of the socket: all parts, then the end of the read. */
    void receive(byte[]... parts) {
        Object[] buffers = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            ByteBuf buffer = allocator.directBuffer(Math.max(parts[i].length, 1));
            buffers[i] = buffer.writeBytes(parts[i]);
        }
        channel.writeInbound(buffers);
    }

    /** A read that comes from within the delivery of another one. */
    void receiveAtOnce(byte[] bytes) {
        channel.pipeline().fireChannelRead(allocator.directBuffer().writeBytes(bytes));
    }

    long memoryHeld() {
        return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    }

    boolean autoRead() {
        return channel.config().isAutoRead();
    }

    /** Ends the channel and shows that no buffer is left. */
    @Override
    public void close() {
        channel.finishAndReleaseAll();
        assertThat(memoryHeld()).as("memory not released").isZero();
    }

    static byte[] framed(byte[]... contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                out.write(content.length >>> shift);
            }
            out.writeBytes(content);
        }
        return out.toByteArray();
    }
}
