package io.holdfast.broker.internal.session;

import org.jspecify.annotations.Nullable;

/** The single exit of a session: the first cause wins, the second finds it ended. Never called within a delivery. */
public interface SessionEnd {

    /**
     * Ends a session with a bare close.
     *
     * @param detail what to add to the reason in the operator's log; may hold untrusted text
     */
    void end(Session session, DisconnectReason reason, @Nullable String detail);

    /** Ends a session after what was sent to it has left. */
    void endAfterFlush(Session session, DisconnectReason reason, @Nullable String detail);
}
