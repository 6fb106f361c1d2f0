package io.holdfast.ha.internal.client;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The messages waiting in a lane, bounded in number and in bytes of payload, and the free slots for the next ones.
 *
 * <p>Free slots are used last in, first out, so that a lane that keeps up stays within a few warm ones; they hold on to no
 * more bytes than may wait. Confined to the lane's lock.
 */
final class LaneQueue {

    private final int maxMessages;
    private final int maxBytes;
    private final Deque<LaneMessage> waiting = new ArrayDeque<>();
    private final Deque<LaneMessage> free = new ArrayDeque<>();
    private long bytes;
    private long freeBytes;

    LaneQueue(int maxMessages, int maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    int size() {
        return waiting.size();
    }

    /** Bytes of payload waiting. */
    long bytes() {
        return bytes;
    }

    /** Whether no further message should come: as many messages or bytes as may wait. */
    boolean isFull() {
        return waiting.size() >= maxMessages || bytes >= maxBytes;
    }

    /** Whether half of both bounds is free. */
    boolean isHalfEmpty() {
        return waiting.size() <= maxMessages / 2 && bytes <= maxBytes / 2;
    }

    /** Whether a message of this size fits within both bounds; a single one always does. */
    boolean fits(int length) {
        return waiting.isEmpty() || (waiting.size() < maxMessages && bytes + length <= maxBytes);
    }

    void add(LaneMessage message) {
        waiting.add(message);
        bytes += message.length();
    }

    /** The oldest message, which is the caller's until it comes back by {@link #recycle}. */
    @Nullable
    LaneMessage poll() {
        LaneMessage message = waiting.poll();
        if (message != null) {
            bytes -= message.length();
        }
        return message;
    }

    /** A slot to fill. */
    LaneMessage slot() {
        LaneMessage slot = free.pollLast();
        if (slot == null) {
            return new LaneMessage();
        }
        freeBytes -= slot.capacity();
        return slot;
    }

    /** Takes a slot back whose message has been handled. */
    void recycle(LaneMessage slot) {
        slot.clear(freeBytes + slot.capacity() <= maxBytes);
        freeBytes += slot.capacity();
        free.addLast(slot);
    }

    /** Drops all that waits and all slots. Returns how many messages that were. */
    int clear() {
        int dropped = waiting.size();
        waiting.clear();
        free.clear();
        bytes = 0;
        freeBytes = 0;
        return dropped;
    }
}
