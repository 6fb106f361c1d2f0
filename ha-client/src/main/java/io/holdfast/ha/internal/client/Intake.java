package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Message;
import io.holdfast.ha.internal.resume.SubscriptionLedger;
import org.jspecify.annotations.Nullable;

/**
 * Where messages enter a subscription, over all its connections: counts them, and lets no duplicate pass.
 *
 * <pre>
 * Router --&gt; Intake -- ledger: came before? --&gt; Lane
 * </pre>
 *
 * On the connection's thread; a connection is gone before the next one delivers.
 */
final class Intake {

    private final Lane lane;
    private final @Nullable SubscriptionLedger ledger;
    private volatile long received;
    private volatile long duplicates;

    Intake(Lane lane, @Nullable SubscriptionLedger ledger) {
        this.lane = lane;
        this.ledger = ledger;
    }

    /** A message for this subscription, from this connection. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void take(Message view, Connection from) {
        if (lane.isEnded()) {
            return;
        }
        received++;
        long receipt = SubscriptionLedger.NO_RECEIPT;
        if (ledger != null && view.type() == CommandType.PUBLISH) {
            receipt = ledger.received(view.bookmarkPublisher(), view.bookmarkSequence(), from.endpoint());
            if (receipt == SubscriptionLedger.DUPLICATE) {
                duplicates++;
                return;
            }
        }
        lane.offer(view, receipt, from);
    }

    /** How many came, duplicates included. */
    long received() {
        return received;
    }

    /** How many of them had come before. */
    long duplicates() {
        return duplicates;
    }
}
