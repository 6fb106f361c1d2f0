package io.holdfast.netty.internal.frame;

import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.error.ProtocolException.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames in a row of received buffers, which it owns from {@link #add} on.
 *
 * <p>A frame that lies whole in a received buffer is handed on where it is. Only one that is cut by the end of a buffer is
 * put together in a buffer of its own, which holds that frame and nothing else: at most the limit and the length field.
 * Confined to the event loop.
 *
 * <pre>
 * received:  [frame frame fra] [me frame] [fr] [ame]
 * in place:   ^^^^^ ^^^^^           ^^^^^
 * partial:                [frame]              [frame]
 * </pre>
 */
final class FrameAssembler {

    static final int LENGTH_BYTES = 4;

    private static final int FIRST_CAPACITY = 256;

    private final int maxFrameBytes;
    private final ByteBufAllocator allocator;

    /** Received and not yet begun: more than one only while delivery is paused. */
    private final Queue<ByteBuf> waiting = new ArrayDeque<>(4);

    private @Nullable ByteBuf current;
    private @Nullable ByteBuf partial;
    private boolean partialHandedOn;

    FrameAssembler(int maxFrameBytes, ByteBufAllocator allocator) {
        this.maxFrameBytes = maxFrameBytes;
        this.allocator = allocator;
    }

    /** Takes over a received buffer. */
    void add(ByteBuf received) {
        waiting.add(received);
    }

    /**
     * Points {@code frame} at the next whole frame, which stays valid until the next call.
     *
     * @return whether there is one
     * @throws ProtocolException if its length is none, as soon as the length field is there
     */
    boolean next(Frame frame) {
        releaseHandedOn();
        for (ByteBuf in = readable(); in != null; in = readable()) {
            if (partial != null ? completePartial(partial, in, frame) : findInPlace(in, frame)) {
                return true;
            }
        }
        return false;
    }

    /** How many bytes of an unfinished frame are there, its length field included; zero between frames. */
    int partialBytes() {
        return partial == null || partialHandedOn ? 0 : partial.readableBytes();
    }

    /** Lets go of every buffer. */
    void release() {
        releaseHandedOn();
        if (partial != null) {
            partial.release();
            partial = null;
        }
        if (current != null) {
            current.release();
            current = null;
        }
        for (ByteBuf buffer = waiting.poll(); buffer != null; buffer = waiting.poll()) {
            buffer.release();
        }
    }

    private void releaseHandedOn() {
        if (partialHandedOn && partial != null) {
            partial.release();
            partial = null;
        }
        partialHandedOn = false;
    }

    /** The first received buffer with something left to read; those without are released. */
    private @Nullable ByteBuf readable() {
        while (true) {
            ByteBuf in = current;
            if (in == null) {
                in = waiting.poll();
                current = in;
            }
            if (in == null || in.isReadable()) {
                return in;
            }
            in.release();
            current = null;
        }
    }

    private boolean findInPlace(ByteBuf in, Frame frame) {
        int start = in.readerIndex();
        int available = in.readableBytes() - LENGTH_BYTES;
        if (available >= 0) {
            int length = checkedLength(in, start);
            if (available >= length) {
                in.readerIndex(start + LENGTH_BYTES + length);
                frame.set(in, start + LENGTH_BYTES, length);
                return true;
            }
        }
        int most = LENGTH_BYTES + maxFrameBytes;
        ByteBuf begun = allocator.buffer(Math.min(FIRST_CAPACITY, most), most);
        partial = begun;
        move(in, begun, in.readableBytes());
        return false;
    }

    private boolean completePartial(ByteBuf begun, ByteBuf in, Frame frame) {
        if (begun.readableBytes() < LENGTH_BYTES) {
            move(in, begun, Math.min(LENGTH_BYTES - begun.readableBytes(), in.readableBytes()));
            if (begun.readableBytes() < LENGTH_BYTES) {
                return false;
            }
        }
        int length = checkedLength(begun, 0);
        move(in, begun, Math.min(LENGTH_BYTES + length - begun.readableBytes(), in.readableBytes()));
        if (begun.readableBytes() < LENGTH_BYTES + length) {
            return false;
        }
        frame.set(begun, LENGTH_BYTES, length);
        partialHandedOn = true;
        return true;
    }

    /** Grows by doubling, so that a length field alone makes the peer's word cost us no memory. */
    private static void move(ByteBuf from, ByteBuf to, int bytes) {
        int needed = to.writerIndex() + bytes;
        if (needed > to.capacity()) {
            to.capacity((int) Math.min(to.maxCapacity(), Math.max(needed, 2L * to.capacity())));
        }
        to.writeBytes(from, bytes);
    }

    private int checkedLength(ByteBuf buffer, int index) {
        long length = buffer.getUnsignedInt(index);
        if (length == 0) {
            throw new ProtocolException(Violation.EMPTY_FRAME, -1, "a frame of no bytes");
        }
        if (length > maxFrameBytes) {
            throw new ProtocolException(
                    Violation.FRAME_TOO_LARGE,
                    -1,
                    "a frame of " + length + " bytes where the limit is " + maxFrameBytes);
        }
        return (int) length;
    }
}
