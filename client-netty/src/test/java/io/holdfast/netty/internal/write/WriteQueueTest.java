package io.holdfast.netty.internal.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.Limits;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.FrameTooLargeException;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.netty.WireText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue before a channel that writes only when the test lets it. */
class WriteQueueTest {

    private static final Disconnect END =
            new Disconnect(Endpoint.parse("tcp://h:1/amps"), "alice", DisconnectCause.PEER_CLOSED, null, Duration.ZERO);
    private static final Limits LIMITS =
            Limits.DEFAULTS.withWriteQueueBytes(1_000).withMaxFrameBytes(5_000);

    private final Valve valve = new Valve();
    private final EmbeddedChannel channel = new EmbeddedChannel(valve);
    private final WriteQueue queue = new WriteQueue(channel, LIMITS);

    @AfterEach
    void nothing_leaks() {
        queue.end(END);
        valve.open();
        channel.finishAndReleaseAll();
    }

    @Test
    void many_publishes_become_one_write_and_one_flush_in_the_order_of_the_calls() {
        for (int i = 1; i <= 5; i++) {
            assertThat(publish(i, 10)).isTrue();
        }
        channel.runPendingTasks();
        assertThat(valve.writes).isEqualTo(1);
        assertThat(valve.flushes).isEqualTo(1);
        assertThat(sequencesSent()).containsExactly("1", "2", "3", "4", "5");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void a_full_queue_refuses_and_tells_when_half_of_it_is_free() {
        valve.shut();
        int taken = fill();
        assertThat(taken).isGreaterThan(3);
        CompletionStage<Void> writable = queue.writable();
        channel.runPendingTasks();
        assertThat(writable.toCompletableFuture()).isNotDone();
        assertThat(publish(99, 100)).isFalse();

        valve.open();
        assertThat(writable.toCompletableFuture()).isCompleted();
        assertThat(publish(100, 100)).isTrue();
        channel.runPendingTasks();
        assertThat(sequencesSent()).hasSize(taken + 1).endsWith("100").doesNotContain("99");
    }

    @Test
    void a_queue_that_refused_nobody_is_writable_at_once() {
        assertThat(queue.writable().toCompletableFuture()).isCompleted();
    }

    @Test
    void one_frame_may_exceed_the_bound_of_an_empty_queue() {
        assertThat(publish(1, 3_000)).isTrue();
        assertThat(publish(2, 1)).isFalse();
        channel.runPendingTasks();
        assertThat(queue.writable().toCompletableFuture()).isCompleted();
        assertThat(publish(3, 3_000)).isTrue();
        channel.runPendingTasks();
        assertThat(sequencesSent()).containsExactly("1", "3");
    }

    @Test
    void a_large_frame_that_was_refused_is_called_only_when_it_fits() {
        valve.shut();
        assertThat(publish(1, 100)).isTrue();
        channel.runPendingTasks(); // the first is on its way and not written
        assertThat(publish(2, 950)).isFalse();
        CompletionStage<Void> writable = queue.writable();
        assertThat(writable.toCompletableFuture()).isNotDone();
        valve.open();
        assertThat(writable.toCompletableFuture()).isCompleted();
        assertThat(publish(2, 950)).isTrue();
    }

    @Test
    void a_frame_too_large_leaves_nothing_behind() {
        publish(1, 10);
        channel.runPendingTasks();
        assertThatThrownBy(() -> publish(2, 4_990)).isInstanceOf(FrameTooLargeException.class);
        assertThatThrownBy(() -> publish(2, 6_000)).isInstanceOf(FrameTooLargeException.class);
        publish(3, 10);
        channel.runPendingTasks();
        assertThat(sequencesSent()).containsExactly("1", "3");
    }

    @Test
    void a_payload_that_throws_leaves_nothing_behind() {
        publish(1, 10);
        Payload broken = new BrokenPayload();
        assertThatThrownBy(() -> queue.publish(PublishRequest.of(Topic.of("t"), broken), 2))
                .hasMessage("broken");
        publish(3, 10);
        channel.runPendingTasks();
        assertThat(sequencesSent()).containsExactly("1", "3");
    }

    @Test
    void the_drain_stops_at_a_full_channel_and_goes_on_when_it_is_not() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        channel.pipeline().addLast(new WritabilityHandler(queue));
        var unflushed = channel.write(channel.alloc().buffer().writeZero(100)); // so the channel is full
        assertThat(channel.isWritable()).isFalse();
        publish(1, 10);
        channel.runPendingTasks();
        assertThat(valve.writes).isEqualTo(1);

        channel.flush();
        channel.runPendingTasks();
        assertThat(unflushed.isSuccess()).isTrue();
        assertThat(valve.writes).isEqualTo(2);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void a_beat_passes_the_bound_and_keeps_its_place() {
        valve.shut();
        int taken = fill();
        queue.beat();
        queue.beat();
        valve.open();
        channel.runPendingTasks();
        List<String> frames = framesSent();
        assertThat(frames).hasSize(taken + 1);
        assertThat(frames.get(taken)).contains("beat");
    }

    @Test
    void a_long_batch_gives_room_back_piece_by_piece() {
        Limits wide = Limits.DEFAULTS.withWriteQueueBytes(1 << 20);
        WriteQueue large = new WriteQueue(channel, wide);
        valve.shut();
        PublishRequest request = PublishRequest.of(Topic.of("t"), Payload.wrap(new byte[100_000]));
        while (large.publish(request, 1)) {
            // until it is full
        }
        channel.runPendingTasks();
        assertThat(valve.waiting).hasSizeGreaterThan(3);
        CompletionStage<Void> writable = large.writable();
        valve.passOne();
        assertThat(writable.toCompletableFuture()).isNotDone();
        valve.passOne();
        assertThat(writable.toCompletableFuture()).isCompleted();
        large.end(END);
    }

    @Test
    void finishing_writes_out_what_was_taken_and_takes_nothing_more() {
        valve.shut();
        publish(1, 10);
        CompletableFuture<Void> drained = queue.finish(END).toCompletableFuture();
        assertThatThrownBy(() -> publish(2, 10)).isInstanceOf(DisconnectedException.class);
        channel.runPendingTasks();
        assertThat(drained).isNotDone();
        valve.open();
        assertThat(drained).isCompleted();
        assertThat(sequencesSent()).containsExactly("1");
    }

    @Test
    void the_end_tells_everybody() {
        valve.shut();
        fill();
        CompletionStage<Void> waiting = queue.writable();
        queue.end(END);
        assertThat(waiting.toCompletableFuture()).isCompletedExceptionally();
        assertThat(queue.writable().toCompletableFuture()).isCompletedExceptionally();
        assertThatThrownBy(() -> publish(2, 10)).isInstanceOf(DisconnectedException.class);
    }

    private boolean publish(long sequence, int bodyBytes) {
        return queue.publish(PublishRequest.of(Topic.of("t"), Payload.wrap(new byte[bodyBytes])), sequence);
    }

    private int fill() {
        int taken = 0;
        while (publish(taken + 1, 100)) {
            taken++;
        }
        return taken;
    }

    private List<String> sequencesSent() {
        return framesSent().stream().map(frame -> WireText.field(frame, "s")).toList();
    }

    private List<String> framesSent() {
        List<String> frames = new ArrayList<>();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            while (out.isReadable()) {
                frames.add(out.readCharSequence(out.readInt(), UTF_8).toString());
            }
            out.release();
        }
        return frames;
    }

    /** Holds writes back while shut, and counts. */
    private static final class Valve extends ChannelDuplexHandler {

        final List<Runnable> waiting = new ArrayList<>();
        boolean shut;
        int writes;
        int flushes;

        void shut() {
            shut = true;
        }

        void passOne() {
            waiting.remove(0).run();
        }

        void open() {
            shut = false;
            while (!waiting.isEmpty()) {
                passOne();
            }
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            writes++;
            if (shut) {
                waiting.add(() -> {
                    var unused = ctx.writeAndFlush(message, promise);
                });
            } else {
                var unused = ctx.write(message, promise);
            }
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            flushes++;
            ctx.flush();
        }
    }

    private static final class BrokenPayload implements Payload {
        @Override
        public int length() {
            return 5;
        }

        @Override
        public byte byteAt(int index) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void copyTo(byte[] target, int offset) {
            throw new IllegalStateException("broken");
        }

        @Override
        public ByteBuffer asByteBuffer() {
            throw new IllegalStateException("broken");
        }
    }
}
