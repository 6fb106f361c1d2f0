package io.holdfast.ha.internal.client;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * A slot of a lane: a copy of one received view, overwritten by a later one, so that a lane in a steady state allocates
 * nothing. It is its own payload.
 *
 * <p>Belongs to one thread at a time: the connection's while it is filled, the lane's while it is handled.
 */
final class LaneMessage implements Message, Payload {

    private static final Topic NO_TOPIC = Topic.of("-");
    private static final byte[] NO_BYTES = new byte[0];
    private static final int LEAST_BYTES = 64;

    /** Larger arrays are not kept: they would cost more than they save. */
    private static final int MOST_KEPT_BYTES = 64 << 10;

    private CommandType type = CommandType.PUBLISH;
    private Topic topic = NO_TOPIC;
    private String subscriptionIds = "";
    private Fields fields = Fields.NONE;
    private byte[] bytes = NO_BYTES;
    private int length;
    private long receipt;
    private long publisher;
    private long sequence;

    /** What most messages lack. */
    private record Fields(
            Optional<Bookmark> bookmark,
            Optional<String> sowKey,
            Optional<CorrelationId> correlationId,
            Optional<String> timestamp,
            Optional<String> reason) {

        static final Fields NONE =
                new Fields(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        static Fields of(Message view, boolean placed) {
            // The bookmark of one message is kept as its two numbers, and made again if somebody asks.
            Optional<Bookmark> bookmark = placed ? Optional.empty() : view.bookmark();
            Optional<String> sowKey = view.sowKey();
            Optional<CorrelationId> correlationId = view.correlationId();
            Optional<String> timestamp = view.timestamp();
            Optional<String> reason = view.reason();
            boolean none = bookmark.isEmpty()
                    && sowKey.isEmpty()
                    && correlationId.isEmpty()
                    && timestamp.isEmpty()
                    && reason.isEmpty();
            return none ? NONE : new Fields(bookmark, sowKey, correlationId, timestamp, reason);
        }
    }

    /** Becomes a copy of {@code view}, to be acknowledged by {@code newReceipt}. */
    void set(Message view, long newReceipt) {
        receipt = newReceipt;
        publisher = view.bookmarkPublisher();
        sequence = publisher == 0 ? 0 : view.bookmarkSequence();
        Payload payload = view.payload();
        length = payload.length();
        if (bytes.length < length) {
            bytes = new byte[capacityFor(length)];
        }
        payload.copyTo(bytes, 0);
        type = view.type();
        topic = view.topic();
        subscriptionIds = view.subscriptionIds();
        fields = Fields.of(view, publisher != 0);
    }

    private static int capacityFor(int length) {
        return length > MOST_KEPT_BYTES
                ? length
                : Math.max(LEAST_BYTES, Integer.highestOneBit(Math.max(1, length - 1)) << 1);
    }

    /** Lets go of what it refers to, and of its bytes unless they are few and may be kept. */
    void clear(boolean keepBytes) {
        fields = Fields.NONE;
        subscriptionIds = "";
        topic = NO_TOPIC;
        length = 0;
        if (!keepBytes || bytes.length > MOST_KEPT_BYTES) {
            bytes = NO_BYTES;
        }
    }

    /** What it is acknowledged by, 0 for nothing. */
    long receipt() {
        return receipt;
    }

    /** How many bytes it holds on to. */
    int capacity() {
        return bytes.length;
    }

    @Override
    public CommandType type() {
        return type;
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public Payload payload() {
        return this;
    }

    @Override
    public String subscriptionIds() {
        return subscriptionIds;
    }

    @Override
    public Optional<Bookmark> bookmark() {
        return publisher == 0 ? fields.bookmark() : Optional.of(Bookmark.of(publisher, sequence));
    }

    @Override
    public long bookmarkPublisher() {
        return publisher;
    }

    @Override
    public long bookmarkSequence() {
        return sequence;
    }

    @Override
    public Optional<String> sowKey() {
        return fields.sowKey();
    }

    @Override
    public Optional<CorrelationId> correlationId() {
        return fields.correlationId();
    }

    @Override
    public Optional<String> timestamp() {
        return fields.timestamp();
    }

    @Override
    public Optional<String> reason() {
        return fields.reason();
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public byte byteAt(int index) {
        return bytes[Objects.checkIndex(index, length)];
    }

    @Override
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, length);
    }

    @Override
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes, 0, length).slice().asReadOnlyBuffer();
    }

    @Override
    public String toString() {
        return "Message[" + topic + ", " + length + " bytes]";
    }
}
