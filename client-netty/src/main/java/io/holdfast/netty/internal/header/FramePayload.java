package io.holdfast.netty.internal.header;

import io.holdfast.client.message.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The body of a received frame, where it lies in the receive buffer. Reused from frame to frame. */
final class FramePayload implements Payload {

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int start;
    private int length;

    void set(ByteBuf newBuffer, int newStart, int newLength) {
        buffer = newBuffer;
        start = newStart;
        length = newLength;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public byte byteAt(int index) {
        return buffer.getByte(start + Objects.checkIndex(index, length));
    }

    @Override
    public void copyTo(byte[] target, int offset) {
        buffer.getBytes(start, target, offset, length);
    }

    @Override
    public void copyTo(ByteBuffer target) {
        if (length > target.remaining()) {
            throw new BufferOverflowException();
        }
        int end = target.limit();
        target.limit(target.position() + length);
        buffer.getBytes(start, target);
        target.limit(end);
    }

    @Override
    public ByteBuffer asByteBuffer() {
        return buffer.nioBuffer(start, length).asReadOnlyBuffer();
    }

    /** The size only: bodies are the application's data and do not belong in logs. */
    @Override
    public String toString() {
        return "Payload[" + length + " bytes]";
    }
}
