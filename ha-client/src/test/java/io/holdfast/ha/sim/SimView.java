package io.holdfast.ha.sim;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import java.util.Optional;

/** What a sink is given: invalid after the call, so that a client that keeps it is caught. */
final class SimView implements Message, Payload {

    private final SimMessage message;
    private boolean expired;

    SimView(SimMessage message) {
        this.message = message;
    }

    void expire() {
        expired = true;
    }

    private SimMessage valid() {
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
    public java.nio.ByteBuffer asByteBuffer() {
        return valid().payload().asByteBuffer();
    }
}
