package io.holdfast.ha.sim;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import java.util.Optional;

/**
 * A message as a connection delivers it.
 *
 * @param topic where it was published
 * @param payload its body
 * @param subscriptionIds whom it is for
 * @param bookmark its place in the log, on bookmark subscriptions
 */
record SimMessage(Topic topic, Payload payload, String subscriptionIds, Optional<Bookmark> bookmark)
        implements Message {

    @Override
    public CommandType type() {
        return CommandType.PUBLISH;
    }

    @Override
    public Optional<String> sowKey() {
        return Optional.empty();
    }

    @Override
    public Optional<CorrelationId> correlationId() {
        return Optional.empty();
    }

    @Override
    public Optional<String> timestamp() {
        return Optional.empty();
    }

    @Override
    public Optional<String> reason() {
        return Optional.empty();
    }
}
