package io.holdfast.netty.internal.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.message.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FramePayloadTest {

    private final ByteBuf buffer = Unpooled.directBuffer().writeBytes(new byte[] {9, 1, 2, 3, 9});
    private final FramePayload payload = new FramePayload();

    FramePayloadTest() {
        payload.set(buffer, 1, 3);
    }

    @AfterEach
    void release() {
        buffer.release();
    }

    @Test
    void every_way_to_the_bytes_gives_the_same() {
        ByteBuffer copy = ByteBuffer.allocate(5).position(1);
        payload.copyTo(copy);

        assertThat(payload.toBytes()).containsExactly(1, 2, 3);
        assertThat(payload.byteAt(2)).isEqualTo((byte) 3);
        assertThat(payload.asByteBuffer()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(payload.asByteBuffer().isReadOnly()).isTrue();
        assertThat(copy.position()).isEqualTo(4);
        assertThat(copy.limit()).isEqualTo(5);
        assertThat(copy.array()).containsExactly(0, 1, 2, 3, 0);
    }

    @Test
    void nothing_beyond_the_message_can_be_reached() {
        assertThatThrownBy(() -> payload.byteAt(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> payload.byteAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> payload.copyTo(ByteBuffer.allocate(2))).isInstanceOf(BufferOverflowException.class);
    }

    @Test
    void what_an_application_made_is_copied_like_what_was_received() {
        ByteBuffer copy = ByteBuffer.allocate(3);
        Payload.of(new byte[] {1, 2, 3}).copyTo(copy);
        assertThat(copy.array()).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> Payload.utf8("four").copyTo(ByteBuffer.allocate(3)))
                .isInstanceOf(BufferOverflowException.class);
    }

    @Test
    void a_body_does_not_show_in_logs() {
        assertThat(payload).hasToString("Payload[3 bytes]");
    }
}
