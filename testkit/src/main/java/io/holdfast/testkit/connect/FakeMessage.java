package io.holdfast.testkit.connect;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import java.util.Optional;

/**
 * What a broker might send: a message with a body, for these subscriptions.
 *
 * @param topic where it was published
 * @param payload its body
 * @param subscriptionIds the comma list
 * @param bookmark its position in the log
 */
public record FakeMessage(Topic topic, Payload payload, String subscriptionIds, Optional<Bookmark> bookmark)
        implements Message {

    /** A message of topic {@code t} with this text, for these subscriptions. */
    public static FakeMessage of(String subscriptionIds, String text) {
        return new FakeMessage(Topic.of("t"), Payload.utf8(text), subscriptionIds, Optional.empty());
    }

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
