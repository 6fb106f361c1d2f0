package io.holdfast.broker.internal.command;

import io.holdfast.broker.internal.auth.PasswordChecker;
import io.holdfast.broker.internal.journal.NameHash;
import io.holdfast.broker.internal.log.OperatorLog;
import io.holdfast.broker.internal.publish.PublisherSequences;
import io.holdfast.broker.internal.replication.Replicas;
import io.holdfast.broker.internal.session.CommandHandler;
import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.LogonIdentity;
import io.holdfast.broker.internal.session.PauseReason;
import io.holdfast.broker.internal.session.PersistedAcks;
import io.holdfast.broker.internal.session.ReplicationSource;
import io.holdfast.broker.internal.session.Replies;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.SessionEnd;
import io.holdfast.broker.internal.session.SessionRegistry;
import io.holdfast.broker.internal.session.StatusEvents;
import io.holdfast.broker.internal.session.WaitingAcks;
import io.holdfast.broker.internal.transport.FlushList;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Frame;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.client.connect.Secret;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code logon}: where a name is taken. The password is checked first, elsewhere and unread; then, in one step on the broker's thread,
 * the holder of the name is evicted without a word, or the newcomer refused.
 */
public final class LogonHandler implements CommandHandler {

    private final Parts parts;

    /** A handler over these. */
    public LogonHandler(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void on(Session session, Frame frame) {
        Header header = frame.header();
        Replies.received(session, header);
        LogonFields fields = LogonFields.read(header);
        LogonIdentity claimed = identity(session, header, fields);
        String refusal = fields.refusal() == null ? replicationRefusal(fields.replication()) : fields.refusal();
        if (refusal != null) {
            refuse(session, header, DisconnectReason.LOGON_REFUSED, refusal);
            return;
        }
        session.identify(claimed);
        PasswordChecker passwords = parts.passwords();
        if (passwords == null) {
            admit(session, header, fields.ackInterval());
            return;
        }
        session.state(Session.State.AUTHENTICATING);
        session.pauseReads(PauseReason.AUTHENTICATION, true);
        passwords
                .check(header.text(Field.USER_ID), Secret.of(header.text(Field.PASSWORD)))
                .whenComplete((valid, failure) -> parts.loop()
                        .execute(
                                () -> checked(session, header, fields, failure == null && Boolean.TRUE.equals(valid))));
    }

    private void checked(Session session, Header header, LogonFields fields, boolean valid) {
        if (session.state() != Session.State.AUTHENTICATING) {
            return; // gone while it waited
        }
        session.pauseReads(PauseReason.AUTHENTICATION, false);
        if (valid) {
            LogonIdentity claimed = session.identity();
            session.identify(claimed == null ? identity(session, header, fields) : claimed.authenticated());
            admit(session, header, fields.ackInterval());
        } else {
            refuse(session, header, DisconnectReason.AUTH, "auth failure");
        }
        parts.flushes().flush();
    }

    private void admit(Session session, Header header, Duration ackInterval) {
        LogonIdentity who = session.identity();
        Optional<Session> holder = parts.registry().holder(session.clientName());
        if (holder.isPresent() && who != null) {
            if (!SessionRegistry.mayEvict(who, holder.get())) {
                refuse(session, header, DisconnectReason.NAME_IN_USE, "name in use");
                return;
            }
            parts.log().evicted(holder.get());
            parts.exit().end(holder.get(), DisconnectReason.NAME_IN_USE, null);
        }
        String hash = NameHash.of(session.clientName());
        PersistedAcks acks = new PersistedAcks(
                session::send,
                parts.loop(),
                parts.flushes()::flush,
                parts.waitingAcks(),
                parts.transactionLog() ? ackInterval : Duration.ZERO,
                hash);
        session.loggedOn(acks, parts.clock().instant());
        parts.registry().enter(session);
        // what is not durable could be lost still, and the client forgets what it is told
        long last = parts.sequences().lastDurable(session.clientName());
        welcome(session, header, hash, last);
        parts.log().loggedOn(session, hash, last, parts.transactionLog() ? last : 0);
        parts.events().session(StatusEvents.Kind.LOGON, session, null);
        session.link().loggedOn();
    }

    private void welcome(Session session, Header header, String hash, long last) {
        if (Replies.wanted(header).contains(AckType.PROCESSED)) {
            session.send(Replies.ack(header, AckType.PROCESSED, AckStatus.SUCCESS)
                    .set(Field.SEQ, last)
                    .set(Field.BOOKMARK, hash + "|" + last + "|")
                    .set(Field.CLIENT_NAME, session.clientName())
                    .set(Field.VERSION, parts.version())
                    .set(Field.GSEQ, position(session))
                    .set(Field.REASON, parts.passwords() == null ? "authentication disabled" : null)
                    .build());
        }
    }

    private void refuse(Session session, Header header, DisconnectReason reason, String text) {
        Replies.refuse(session, header, text);
        parts.events().session(StatusEvents.Kind.LOGON_FAILED, session, text);
        parts.exit()
                .endAfterFlush(
                        session,
                        reason,
                        reason == DisconnectReason.NAME_IN_USE ? "logon refused: another user holds the name" : text);
    }

    private static LogonIdentity identity(Session session, Header header, LogonFields fields) {
        String name = header.text(Field.CLIENT_NAME);
        return new LogonIdentity(
                name.isEmpty() ? session.connectionName() : name, // who gives no name gets one that nobody else has
                header.get(Field.USER_ID),
                header.get(Field.CORRELATION_ID),
                header.get(Field.VERSION),
                header.get(Field.MESSAGE_TYPE),
                null,
                fields.replication());
    }

    private @Nullable String replicationRefusal(@Nullable ReplicationSource source) {
        if (source == null) {
            return null;
        }
        if (parts.replicas() == null) {
            return "replication is not accepted here";
        }
        return source.instance().equals(parts.instance())
                ? "replication from an instance of the same name, " + source.instance()
                : null;
    }

    /** For another instance that replicates: how far its log is held here. */
    private @Nullable String position(Session session) {
        LogonIdentity who = session.identity();
        ReplicationSource source = who == null ? null : who.replication();
        Replicas replicas = parts.replicas();
        return source == null || replicas == null
                ? null
                : Long.toString(replicas.position(source.instance(), source.run()));
    }

    /**
     * What a logon touches.
     *
     * @param loop the broker's thread
     * @param transactionLog whether publish acks are conflated
     * @param passwords {@code null} while authentication is off
     * @param replicas what other instances replicated to this one; {@code null} if that is not accepted
     * @param instance the name of this instance
     * @param version what the ack tells
     */
    public record Parts(
            EventLoop loop,
            InstantSource clock,
            FlushList flushes,
            SessionRegistry registry,
            PublisherSequences sequences,
            WaitingAcks waitingAcks,
            @Nullable PasswordChecker passwords,
            SessionEnd exit,
            StatusEvents events,
            OperatorLog log,
            boolean transactionLog,
            @Nullable Replicas replicas,
            String instance,
            String version) {}
}
