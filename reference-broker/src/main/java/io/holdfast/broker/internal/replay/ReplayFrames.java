package io.holdfast.broker.internal.replay;

import io.holdfast.broker.internal.journal.LogRecord;
import io.holdfast.broker.internal.publish.PublisherSequences;
import io.holdfast.broker.internal.topic.MessageRouter;
import io.holdfast.broker.internal.topic.Subscription;
import io.holdfast.broker.internal.transport.Body;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.Verb;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Makes the frames of replayed messages: a frame of its own for each subscription, always with its bookmark. */
final class ReplayFrames {

    private final PublisherSequences sequences;

    ReplayFrames(PublisherSequences sequences) {
        this.sequences = sequences;
    }

    /** Sends a record to a subscription and returns the size of its frame. */
    long send(Subscription subscription, LogRecord record) {
        Header.Builder header = Header.of(Verb.PUBLISH)
                .set(Field.TOPIC, record.topic())
                .set(Field.SIDS, subscription.id())
                .set(Field.BOOKMARK, bookmark(record.publisher(), record.sequence()))
                .set(Field.CORRELATION_ID, record.correlationId());
        if (subscription.options().timestamps()) {
            header.set(
                    Field.TIMESTAMP,
                    MessageRouter.TIMESTAMP.format(Instant.EPOCH.plus(record.micros(), ChronoUnit.MICROS)));
        }
        byte[] encoded = subscription.session().link().encode(header.build());
        byte[] content = record.body();
        try (Body body = new Body(content, 0, content.length)) {
            subscription.session().out().send(encoded, body);
        }
        return (long) encoded.length + content.length;
    }

    String bookmark(String publisher, long sequence) {
        return sequences.bookmark(publisher, sequence);
    }
}
