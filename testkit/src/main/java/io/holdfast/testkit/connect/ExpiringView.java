package io.holdfast.testkit.connect;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A view that is really invalid after the call it was passed to, so that a client that keeps it is caught. */
final class ExpiringView implements Message, Payload {

    private final Message message;
    private boolean expired;

    ExpiringView(Message message) {
        this.message = message;
    }

    void expire() {
        expired = true;
    }

    private Message valid() {
        if (expired) {
            throw new IllegalStateException("a view was used after the call it was passed to");
        }
        return message;
    }

    @Override
    public CommandType type() {
        return valid().type();
    }

    @Override
    public Topic topic() {
        return valid().topic();
    }

    @Override
    public Payload payload() {
        valid();
        return this;
    }

    @Override
    public String subscriptionIds() {
        return valid().subscriptionIds();
    }

    @Override
    public Optional<Bookmark> bookmark() {
        return valid().bookmark();
    }

    @Override
    public Optional<String> sowKey() {
        return valid().sowKey();
    }

    @Override
    public Optional<CorrelationId> correlationId() {
        return valid().correlationId();
    }

    @Override
    public Optional<String> timestamp() {
        return valid().timestamp();
    }

    @Override
    public Optional<String> reason() {
        return valid().reason();
    }

    @Override
    public int length() {
        return valid().payload().length();
    }

    @Override
    public byte byteAt(int index) {
        return valid().payload().byteAt(index);
    }

    @Override
    public void copyTo(byte[] target, int offset) {
        valid().payload().copyTo(target, offset);
    }

    @Override
    public ByteBuffer asByteBuffer() {
        return valid().payload().asByteBuffer();
    }
}
