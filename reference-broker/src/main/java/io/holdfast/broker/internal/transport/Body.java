package io.holdfast.broker.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The body of one message on its way to any number of clients. Small ones are copied into each client's batch; a large one goes into
 * one shared buffer, made when the first client needs it. Confined to the loop; closed after the last client.
 */
public final class Body implements AutoCloseable {

    /** From this size on a body is shared instead of copied. */
    static final int SHARED_FROM_BYTES = 8 << 10;

    private final byte[] content;
    private final int offset;
    private final int length;
    private @Nullable ByteBuf shared;

    /** The range of an array that nobody changes. */
    public Body(byte[] content, int offset, int length) {
        this.content = content;
        this.offset = offset;
        this.length = length;
    }

    /** No body. */
    public static Body empty() {
        return new Body(new byte[0], 0, 0);
    }

    int length() {
        return length;
    }

    boolean isShared() {
        return length >= SHARED_FROM_BYTES;
    }

    void copyTo(ByteBuf batch) {
        batch.writeBytes(content, offset, length);
    }

    ByteBuf share(ByteBufAllocator allocator) {
        ByteBuf buffer = shared;
        if (buffer == null) {
            buffer = allocator.directBuffer(length, length).writeBytes(content, offset, length);
            shared = buffer;
        }
        return buffer.retainedDuplicate();
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.release();
            shared = null;
        }
    }
}
