package io.holdfast.broker.internal.publish;

import io.holdfast.broker.internal.session.CommandHandler;
import io.holdfast.broker.internal.session.Replies;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.topic.MessageRouter;
import io.holdfast.broker.internal.topic.ReservedTopics;
import io.holdfast.broker.internal.transport.Body;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Topic;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code publish}, and {@code delta_publish}, which is a plain publish as long as no topic is stored. The topic is literal, whatever
 * characters it holds (protocol text 4.1).
 */
public final class PublishHandler implements CommandHandler {

    private final PublisherSequences sequences;
    private final MessageRouter router;
    private final boolean transactionLog;

    /** A handler that delivers through this router. */
    public PublishHandler(PublisherSequences sequences, MessageRouter router, boolean transactionLog) {
        this.sequences = sequences;
        this.router = router;
        this.transactionLog = transactionLog;
    }

    @Override
    public void on(Session session, Frame frame) {
        Header header = frame.header();
        Set<AckType> wanted = Replies.wanted(header);
        if (wanted.contains(AckType.RECEIVED)) {
            Replies.received(session, header);
        }
        long sequence = header.number(Field.SEQ, 0);
        String refusal = refusal(session, header, sequence);
        if (refusal != null) {
            refuse(session, header, wanted, refusal);
            return;
        }
        if (sequence == 0 || sequences.accept(session.clientName(), sequence)) {
            Body body = new Body(frame.content(), frame.bodyOffset(), frame.bodyLength());
            String bookmark = sequence == 0 ? null : session.persistedAcks().bookmark(sequence);
            router.deliver(header.text(Field.TOPIC), body, header.get(Field.CORRELATION_ID), bookmark);
        }
        // A duplicate is discarded without a word, and acknowledged like any other: it is durable.
        if (!wanted.isEmpty()) {
            acknowledge(session, header, wanted, sequence);
        }
    }

    private void acknowledge(Session session, Header header, Set<AckType> wanted, long sequence) {
        for (AckType type : wanted) {
            switch (type) {
                case PROCESSED, COMPLETED -> session.send(own(header, type, AckStatus.SUCCESS));
                case PERSISTED -> {
                    if (transactionLog && sequence > 0) {
                        session.persistedAcks().succeeded(sequence);
                    } else {
                        session.send(own(header, type, AckStatus.SUCCESS));
                    }
                }
                case RECEIVED, STATS -> {
                    // said already; not one of a publish's acks
                }
            }
        }
    }

    private static void refuse(Session session, Header header, Set<AckType> wanted, String reason) {
        if (wanted.contains(AckType.PERSISTED)) {
            session.persistedAcks().refused(header, reason);
        }
        if (wanted.contains(AckType.PROCESSED)) {
            session.send(Replies.ack(header, AckType.PROCESSED, AckStatus.FAILURE)
                    .set(Field.SEQ, header.get(Field.SEQ))
                    .set(Field.REASON, reason)
                    .build());
        }
    }

    private static Header own(Header header, AckType type, AckStatus status) {
        return Replies.ack(header, type, status)
                .set(Field.SEQ, header.get(Field.SEQ))
                .build();
    }

    private @Nullable String refusal(Session session, Header header, long sequence) {
        String topic = header.text(Field.TOPIC);
        if (topic.isEmpty()) {
            return "no topic";
        }
        if (ReservedTopics.isReserved(topic) || !isTopic(topic)) {
            return "invalid topic";
        }
        if (header.has(Field.CORRELATION_ID) && !isToken(header.text(Field.CORRELATION_ID))) {
            return "bad correlation id";
        }
        return sequence > 0 && !sequences.hasRoomFor(session.clientName()) ? "too many publishers" : null;
    }

    private static boolean isTopic(String text) {
        if (text.length() > Topic.MAX_BYTES) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isToken(String text) {
        try {
            CorrelationId.of(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
