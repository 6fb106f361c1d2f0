package io.holdfast.netty.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.error.FrameTooLargeException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {

    private final ByteBuf out = Unpooled.directBuffer().writeByte(9);

    @AfterEach
    void release() {
        out.release();
    }

    @Test
    void the_length_stands_before_what_was_written_and_counts_that_alone() {
        int mark = FrameEncoder.begin(out);
        out.writeBytes(new byte[] {1, 2, 3});
        FrameEncoder.end(out, mark, 3);
        assertThat(out.readableBytes()).isEqualTo(8);
        assertThat(out.getInt(1)).isEqualTo(3);
    }

    @Test
    void of_a_frame_that_is_too_large_nothing_stays() {
        int mark = FrameEncoder.begin(out);
        out.writeBytes(new byte[] {1, 2, 3, 4});
        assertThatThrownBy(() -> FrameEncoder.end(out, mark, 3))
                .isInstanceOfSatisfying(FrameTooLargeException.class, error -> {
                    assertThat(error.size()).isEqualTo(4);
                    assertThat(error.limit()).isEqualTo(3);
                });
        assertThat(out.readableBytes()).isEqualTo(1);
    }
}
