package io.holdfast.client.message;

import java.util.Optional;

/** The immutable form of a message. Optionals are kept as they came: they are values here, not parameters. */
record MessageCopy(
        CommandType type,
        Topic topic,
        Payload payload,
        String subscriptionIds,
        Optional<Bookmark> bookmark,
        Optional<String> sowKey,
        Optional<CorrelationId> correlationId,
        Optional<String> timestamp,
        Optional<String> reason)
        implements Message {

    static MessageCopy of(Message view) {
        return new MessageCopy(
                view.type(),
                view.topic(),
                Payload.wrap(view.payload().toBytes()),
                view.subscriptionIds(),
                view.bookmark(),
                view.sowKey(),
                view.correlationId(),
                view.timestamp(),
                view.reason());
    }

    @Override
    public Message copy() {
        return this;
    }
}
