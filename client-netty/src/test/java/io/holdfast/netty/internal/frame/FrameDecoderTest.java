package io.holdfast.netty.internal.frame;

import static io.holdfast.netty.internal.frame.FrameChannel.framed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

    private static final byte[] A = {1};
    private static final byte[] B = {2, 2};
    private static final byte[] C = {3, 3, 3};

    private final FrameChannel channel = new FrameChannel(100);

    @AfterEach
    void no_buffer_is_left() {
        channel.close();
    }

    @Test
    void several_frames_of_one_read_come_one_by_one_and_then_the_end_of_the_read() {
        channel.receive(framed(A, B, C));
        assertThat(channel.frames).containsExactly(A, B, C);
        assertThat(channel.events).containsExactly("frame", "frame", "frame", "complete");
    }

    @Test
    void a_frame_that_comes_byte_by_byte_is_put_together() {
        for (byte b : framed(C, A)) {
            channel.receive(new byte[] {b});
        }
        assertThat(channel.frames).containsExactly(C, A);
    }

    @Test
    void a_read_without_a_whole_frame_still_ends() {
        channel.receive(new byte[] {0, 0});
        assertThat(channel.events).containsExactly("complete");
    }

    @Test
    void a_length_above_the_limit_is_refused_as_soon_as_it_is_known() {
        channel.receive(framed(A));
        channel.receive(new byte[] {0, 0, 0, 101});
        channel.receive(framed(B));

        assertThat(channel.frames).containsExactly(A);
        assertViolation(Violation.FRAME_TOO_LARGE);
        assertThat(channel.memoryHeld()).isZero();
    }

    @Test
    void a_length_in_pieces_is_checked_as_well() {
        channel.receive(new byte[] {(byte) 0x80, 0});
        channel.receive(new byte[] {0});
        assertThat(channel.errors).isEmpty();
        channel.receive(new byte[] {0, 7});
        assertViolation(Violation.FRAME_TOO_LARGE);
    }

    @Test
    void a_frame_of_just_the_limit_is_accepted() {
        byte[] largest = new byte[100];
        channel.receive(framed(largest));
        assertThat(channel.frames).containsExactly(largest);
    }

    @Test
    void a_frame_of_no_bytes_is_refused_after_those_before_it() {
        channel.receive(framed(A, new byte[0], B));
        assertThat(channel.frames).containsExactly(A);
        assertViolation(Violation.EMPTY_FRAME);
    }

    @Test
    void a_close_of_ours_within_a_frame_is_no_violation() {
        channel.receive(Arrays.copyOf(framed(C), 5));
        assertThat(channel.channel().pipeline().close().isSuccess()).isTrue();
        assertThat(channel.errors).isEmpty();
    }

    @Test
    void a_peer_that_ends_within_a_frame_breaks_the_protocol() {
        channel.receive(Arrays.copyOf(framed(C), 6));
        channel.channel().pipeline().fireChannelInactive();

        assertViolation(Violation.TRUNCATED_FRAME);
        assertThat(((ProtocolException) channel.errors.get(0)).offset()).isEqualTo(2);
        assertThat(channel.events).endsWith("error", "inactive");
    }

    @Test
    void a_peer_that_ends_between_frames_does_not() {
        channel.receive(framed(A));
        channel.channel().pipeline().fireChannelInactive();
        assertThat(channel.errors).isEmpty();
        assertThat(channel.events).endsWith("inactive");
    }

    @Test
    void nothing_is_delivered_while_paused_and_everything_in_order_after() {
        channel.decoder.pause();
        channel.receive(framed(A, B), framed(C));
        assertThat(channel.frames).isEmpty();
        assertThat(channel.autoRead()).isFalse();

        channel.decoder.resume();
        assertThat(channel.frames).containsExactly(A, B, C);
        assertThat(channel.autoRead()).isTrue();
        assertThat(channel.events).endsWith("frame", "complete");
    }

    @Test
    void a_pause_during_a_delivery_holds_back_the_very_next_frame() {
        channel.onFrame = channel.decoder::pause;
        channel.receive(framed(A, B, C));
        assertThat(channel.frames).containsExactly(A);

        channel.decoder.resume();
        assertThat(channel.frames).containsExactly(A, B);
        assertThat(channel.autoRead()).isFalse();
        channel.decoder.resume();
        channel.decoder.resume();
        assertThat(channel.frames).containsExactly(A, B, C);
    }

    @Test
    void pause_and_resume_during_one_delivery_change_nothing() {
        channel.onFrame = () -> {
            channel.decoder.pause();
            channel.decoder.resume();
            channel.decoder.resume();
        };
        channel.receive(framed(A, B), framed(C));
        assertThat(channel.frames).containsExactly(A, B, C);
        assertThat(channel.autoRead()).isTrue();
        assertThat(channel.events).containsExactly("frame", "frame", "frame", "complete");
    }

    @Test
    void bytes_that_arrive_during_a_delivery_wait_for_their_turn() {
        channel.onFrame = () -> {
            channel.onFrame = () -> {};
            channel.receiveAtOnce(framed(C));
        };
        channel.receive(framed(A, B));
        assertThat(channel.frames).containsExactly(A, B, C);
    }

    @Test
    void a_frame_that_is_not_finished_comes_again_unless_paused() {
        channel.onFrame = () -> {
            if (channel.frames.size() < 3) {
                unfinished();
                channel.decoder.pause();
            }
        };
        channel.receive(framed(A, B));
        assertThat(channel.frames).containsExactly(A);
        channel.decoder.resume();
        assertThat(channel.frames).containsExactly(A, A);
        channel.decoder.resume();
        assertThat(channel.frames).containsExactly(A, A, A, B);
    }

    @Test
    void a_pause_with_frames_left_is_no_truncation_when_the_peer_ends() {
        channel.decoder.pause();
        channel.receive(framed(A, B), new byte[] {0, 0});
        channel.channel().pipeline().fireChannelInactive();
        assertThat(channel.errors).isEmpty();
        assertThat(channel.memoryHeld()).isZero();
        channel.decoder.resume();
        assertThat(channel.frames).isEmpty();
    }

    @Test
    void nothing_comes_after_a_close_from_within_a_delivery() {
        channel.onFrame = () -> assertThat(channel.channel().pipeline().close()).isNotNull();
        channel.receive(framed(A, B, C));
        channel.channel()
                .pipeline()
                .fireChannelRead(channel.channel().alloc().buffer().writeBytes(framed(A)));
        assertThat(channel.frames).containsExactly(A);
        assertThat(channel.errors).isEmpty();
    }

    @Test
    void nothing_comes_after_stop() {
        channel.receive(new byte[] {0, 0, 0, 9, 1});
        channel.decoder.stop();
        channel.receive(framed(A));
        assertThat(channel.frames).isEmpty();
        channel.channel().pipeline().fireChannelInactive();
        assertThat(channel.errors).isEmpty();
    }

    @Test
    void nothing_comes_after_the_reader_refused_a_frame() {
        channel.onFrame = () -> lastFrame().refuse();
        channel.receive(framed(A, B));
        channel.receive(framed(C));
        assertThat(channel.frames).containsExactly(A);
    }

    @Test
    void a_length_field_alone_costs_little_memory() {
        FrameChannel large = new FrameChannel(100_000_000);
        large.receive(new byte[] {5, 0, 0, 0, 1});
        assertThat(large.memoryHeld()).isLessThan(1024);
        large.close();
    }

    @Test
    void a_large_frame_in_many_pieces_is_put_together() {
        byte[] content = new byte[1_000_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31);
        }
        FrameChannel large = new FrameChannel(2_000_000);
        byte[] stream = framed(content, A);
        for (int at = 0; at < stream.length; at += 1000) {
            large.receive(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + 1000)));
        }
        assertThat(large.frames).containsExactly(content, A);
        large.close();
    }

    @Test
    void a_limit_out_of_range_is_a_mistake_of_the_program() {
        assertThatThrownBy(() -> new FrameDecoder(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FrameDecoder(200_000_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FrameDecoder(1).pause()).isInstanceOf(IllegalStateException.class);
    }

    private void unfinished() {
        lastFrame().unfinished();
    }

    private Frame lastFrame() {
        return channel.lastFrame();
    }

    private void assertViolation(Violation violation) {
        assertThat(channel.errors)
                .singleElement()
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        error -> assertThat(error.violation()).isEqualTo(violation));
    }
}
