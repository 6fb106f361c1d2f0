package io.holdfast.samples.fake;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import java.util.Optional;

/**
 * A message of the {@link MemoryBroker}.
 *
 * @param topic where it was published
 * @param payload its body
 * @param subscriptionIds who gets it
 */
public record MemoryMessage(Topic topic, Payload payload, String subscriptionIds) implements Message {

    @Override
    public CommandType type() {
        return CommandType.PUBLISH;
    }

    @Override
    public Optional<Bookmark> bookmark() {
        return Optional.empty();
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
