package io.holdfast.netty.internal.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The place of one frame's content in a received buffer: a flyweight, one per connection, valid during the call it is
 * passed to. Whoever gets it neither keeps nor releases the buffer. Confined to the event loop.
 */
public final class Frame {

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int index;
    private int length;
    private boolean unfinished;
    private boolean refused;

    /** The buffer that holds the frame, among others. */
    public ByteBuf buffer() {
        return buffer;
    }

    /** Where the content begins: the first byte of the header. */
    public int index() {
        return index;
    }

    /** The length of the content in bytes. */
    public int length() {
        return length;
    }

    /**
     * Asks to be given this frame again, as soon as delivery is not paused: it holds several messages, and only one of them
     * has been delivered, since between any two of them the application may say stop.
     */
    public void unfinished() {
        unfinished = true;
    }

    /** Says that the peer broke the protocol in this frame: nothing more of the connection is read. */
    public void refuse() {
        refused = true;
    }

    void set(ByteBuf newBuffer, int newIndex, int newLength) {
        buffer = newBuffer;
        index = newIndex;
        length = newLength;
        unfinished = false;
        refused = false;
    }

    void clear() {
        set(Unpooled.EMPTY_BUFFER, 0, 0);
    }

    boolean isRefused() {
        return refused;
    }

    /** Whether {@link #unfinished()} was called since the last time this was asked. */
    boolean takeUnfinished() {
        boolean was = unfinished;
        unfinished = false;
        return was;
    }
}
