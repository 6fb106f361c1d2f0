package io.holdfast.broker.internal.command;

import io.holdfast.broker.internal.log.OperatorLog;
import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.PauseReason;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.SessionEnd;
import io.holdfast.broker.internal.session.SessionRegistry;
import io.holdfast.broker.internal.session.StatusEvents;
import io.holdfast.broker.internal.topic.SubscriptionTable;
import org.jspecify.annotations.Nullable;

/** The single exit of every session: out of the registry and the subscriptions, socket closed, then said in log and events. */
public final class SessionEnding implements SessionEnd {

    private final SessionRegistry registry;
    private final SubscriptionTable subscriptions;
    private final StatusEvents events;
    private final OperatorLog log;

    /** An exit out of these. */
    public SessionEnding(
            SessionRegistry registry, SubscriptionTable subscriptions, StatusEvents events, OperatorLog log) {
        this.registry = registry;
        this.subscriptions = subscriptions;
        this.events = events;
        this.log = log;
    }

    @Override
    public void end(Session session, DisconnectReason reason, @Nullable String detail) {
        if (leave(session)) {
            session.out().close();
            tell(session, reason, detail);
        }
    }

    @Override
    public void endAfterFlush(Session session, DisconnectReason reason, @Nullable String detail) {
        if (leave(session)) {
            session.out().closeAfterFlush();
            tell(session, reason, detail);
        }
    }

    /** Ends a session whose socket is left open and dead (scripted half-open connection). */
    public void endHalfOpen(Session session) {
        if (leave(session)) {
            session.pauseReads(PauseReason.FAULT, true);
            session.out().abandon();
            tell(session, DisconnectReason.SCRIPTED, "half-open");
        }
    }

    private boolean leave(Session session) {
        if (session.state() == Session.State.ENDED) {
            return false;
        }
        session.end();
        registry.leave(session);
        subscriptions.leave(session);
        return true;
    }

    private void tell(Session session, DisconnectReason reason, @Nullable String detail) {
        log.disconnected(session, reason, detail);
        events.session(StatusEvents.Kind.DISCONNECT, session, reason.text());
    }
}
