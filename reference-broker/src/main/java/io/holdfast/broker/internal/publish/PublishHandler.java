package io.holdfast.broker.internal.publish;

import io.holdfast.broker.internal.journal.JournalException;
import io.holdfast.broker.internal.journal.LogRecord;
import io.holdfast.broker.internal.session.CommandHandler;
import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.Replies;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.SessionEnd;
import io.holdfast.broker.internal.topic.MessageRouter;
import io.holdfast.broker.internal.topic.ReservedTopics;
import io.holdfast.broker.internal.transport.Body;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.Verb;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Topic;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code publish}, and {@code delta_publish}, which is a plain publish as long as no topic is stored. The topic is literal, whatever
 * characters it holds (protocol text 4.1). Delivered at once to live subscriptions; acknowledged as persisted when it is durable.
 */
public final class PublishHandler implements CommandHandler {

    private final PublisherSequences sequences;
    private final MessageRouter router;
    private final @Nullable LogIntake log;
    private final SessionEnd exit;

    /**
     * A handler that takes into this log.
     *
     * @param router delivers if there is no log
     * @param log {@code null} on an instance without a transaction log
     * @param exit ends sessions whose messages the log does not take
     */
    public PublishHandler(
            PublisherSequences sequences, MessageRouter router, @Nullable LogIntake log, SessionEnd exit) {
        this.sequences = sequences;
        this.router = router;
        this.log = log;
        this.exit = exit;
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
        } else if (log == null) {
            deliver(session, frame, sequence);
            acknowledge(session, header, wanted);
        } else {
            keep(log, session, frame, wanted);
        }
        if (log != null) {
            log.published(session);
        }
    }

    private void deliver(Session session, Frame frame, long sequence) {
        String name = session.clientName();
        if (sequence == 0 || sequence > sequences.last(name)) {
            String bookmark = null;
            if (sequence > 0) {
                sequences.take(name, sequence, 0);
                bookmark = sequences.bookmark(name, sequence);
            }
            Header header = frame.header();
            Body body = new Body(frame.content(), frame.bodyOffset(), frame.bodyLength());
            router.deliver(header.text(Field.TOPIC), body, header.get(Field.CORRELATION_ID), bookmark);
        }
    }

    private static void acknowledge(Session session, Header header, Set<AckType> wanted) {
        for (AckType type : wanted) {
            if (type == AckType.PROCESSED || type == AckType.COMPLETED || type == AckType.PERSISTED) {
                session.send(own(header, type, AckStatus.SUCCESS).build());
            }
        }
    }

    private void keep(LogIntake log, Session session, Frame frame, Set<AckType> wanted) {
        LogRecord message = message(session, frame);
        LogIntake.Taken taken;
        try {
            taken = log.take(message);
        } catch (JournalException e) {
            exit.end(
                    session,
                    DisconnectReason.LOG_UNAVAILABLE,
                    e.getMessage()); // it will publish again elsewhere, or later
            return;
        }
        Header header = frame.header();
        for (AckType type : wanted) {
            if (type == AckType.PROCESSED || type == AckType.COMPLETED) {
                session.send(own(header, type, AckStatus.SUCCESS).build());
            }
        }
        if (wanted.contains(AckType.PERSISTED)) {
            if (message.sequence() > 0) {
                session.persistedAcks().kept(taken.index(), message.sequence());
            } else {
                Header ack = own(header, AckType.PERSISTED, AckStatus.SUCCESS)
                        .set(Field.BOOKMARK, taken.bookmark())
                        .build();
                session.persistedAcks().whenDurable(taken.index(), () -> session.send(ack));
            }
        }
    }

    private static LogRecord message(Session session, Frame frame) {
        Header header = frame.header();
        return new LogRecord(
                0,
                0,
                session.clientName(),
                header.number(Field.SEQ, 0),
                header.verb() == Verb.DELTA_PUBLISH,
                header.text(Field.TOPIC),
                header.get(Field.CORRELATION_ID),
                header.get(Field.SOW_KEY),
                header.number(Field.EXPIRATION, -1),
                Arrays.copyOfRange(frame.content(), frame.bodyOffset(), frame.content().length));
    }

    private static void refuse(Session session, Header header, Set<AckType> wanted, String reason) {
        if (wanted.contains(AckType.PERSISTED)) {
            session.persistedAcks().refused(header, reason);
        }
        if (wanted.contains(AckType.PROCESSED)) {
            session.send(own(header, AckType.PROCESSED, AckStatus.FAILURE)
                    .set(Field.REASON, reason)
                    .build());
        }
    }

    private static Header.Builder own(Header header, AckType type, AckStatus status) {
        return Replies.ack(header, type, status).set(Field.SEQ, header.get(Field.SEQ));
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
