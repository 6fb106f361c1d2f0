package io.holdfast.broker.internal.replication;

import io.holdfast.broker.internal.journal.JournalException;
import io.holdfast.broker.internal.journal.LogRecord;
import io.holdfast.broker.internal.publish.LogIntake;
import io.holdfast.broker.internal.session.CommandHandler;
import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.LogonIdentity;
import io.holdfast.broker.internal.session.PersistedAcks;
import io.holdfast.broker.internal.session.ReplicationSource;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.SessionEnd;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.Verb;
import java.util.Arrays;

/**
 * {@code publish} of a session that another instance opened to replicate: a record of its log, with its publisher's name and sequence.
 * The duplicate rule holds for that name as for any publish, so where two programs use one name on two instances, each instance keeps
 * what was above its own highest, and the two logs differ. Confined to the broker's thread.
 */
public final class ReplicaHandler implements CommandHandler {

    private final LogIntake log;
    private final Replicas replicas;
    private final CommandHandler publishes;
    private final SessionEnd exit;

    /**
     * A handler that takes into this log.
     *
     * @param publishes handles what other sessions publish
     */
    public ReplicaHandler(LogIntake log, Replicas replicas, CommandHandler publishes, SessionEnd exit) {
        this.log = log;
        this.replicas = replicas;
        this.publishes = publishes;
        this.exit = exit;
    }

    @Override
    public void on(Session session, Frame frame) {
        LogonIdentity who = session.identity();
        ReplicationSource source = who == null ? null : who.replication();
        if (source == null) {
            publishes.on(session, frame);
        } else {
            take(session, source, frame);
        }
    }

    private void take(Session session, ReplicationSource source, Frame frame) {
        LogRecord message = message(frame);
        long index = index(frame.header());
        if (message.publisher().isEmpty()
                || message.sequence() == 0
                || message.topic().isEmpty()
                || index == 0) {
            exit.end(
                    session,
                    DisconnectReason.PROTOCOL_ERROR,
                    "a replicated record without name, sequence, topic or index");
            return;
        }
        try {
            LogIntake.Taken taken = log.take(message);
            if (taken.isNew()) {
                replicas.received(taken.index());
            }
            PersistedAcks acks = session.persistedAcks();
            acks.kept(taken.index(), index); // the other side counts in indexes of its own log
            acks.whenDurable(taken.index(), () -> replicas.durable(source.instance(), source.run(), index));
            log.published(session);
        } catch (JournalException e) {
            exit.end(session, DisconnectReason.LOG_UNAVAILABLE, e.getMessage());
        }
    }

    private static long index(Header header) {
        try {
            return Long.parseLong(header.text(Field.GSEQ));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static LogRecord message(Frame frame) {
        Header header = frame.header();
        return new LogRecord(
                0,
                0,
                header.text(Field.CLIENT_NAME),
                header.number(Field.SEQ, 0),
                header.verb() == Verb.DELTA_PUBLISH,
                header.text(Field.TOPIC),
                header.get(Field.CORRELATION_ID),
                header.get(Field.SOW_KEY),
                header.number(Field.EXPIRATION, -1),
                Arrays.copyOfRange(frame.content(), frame.bodyOffset(), frame.content().length));
    }
}
