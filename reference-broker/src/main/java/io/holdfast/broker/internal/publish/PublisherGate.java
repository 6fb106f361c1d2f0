package io.holdfast.broker.internal.publish;

import io.holdfast.broker.internal.journal.TransactionLog;
import io.holdfast.broker.internal.session.PauseReason;
import io.holdfast.broker.internal.session.Session;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The broker's back-pressure: who publishes while too much waits for the disk, or has too many acks waiting, is not read until that is
 * over. Confined to the broker's thread.
 */
final class PublisherGate {

    /** Where publishers are held back, in bytes that are not durable; they go on at half of it. */
    static final long MOST_PENDING_BYTES = 16L << 20;

    /** The most acks of one connection that wait for the log. */
    static final int MOST_WAITING_ACKS = 100_000;

    private final TransactionLog log;
    private final Set<Session> held = new LinkedHashSet<>();

    PublisherGate(TransactionLog log) {
        this.log = log;
    }

    void published(Session session) {
        if ((log.pendingBytes() > MOST_PENDING_BYTES || session.persistedAcks().waiting() > MOST_WAITING_ACKS)
                && session.state() != Session.State.ENDED
                && held.add(session)) {
            session.pauseReads(PauseReason.LOG, true);
        }
    }

    void durable() {
        if (held.isEmpty() || log.pendingBytes() > MOST_PENDING_BYTES / 2) {
            return;
        }
        for (Session session : List.copyOf(held)) {
            if (session.state() == Session.State.ENDED) {
                held.remove(session);
            } else if (session.persistedAcks().waiting() <= MOST_WAITING_ACKS / 2) {
                held.remove(session);
                session.pauseReads(PauseReason.LOG, false);
            }
        }
    }
}
