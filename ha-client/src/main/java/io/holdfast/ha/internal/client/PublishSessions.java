package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.publish.ForeignSequence;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What connections do to publishing: one is taken up, acknowledges, reveals another publisher, and ends.
 *
 * <pre>
 * resume --&gt; numbers of the logon --foreign--&gt; Doubts --&gt; numbers durable --&gt; line ready --&gt; StoreReplayer --&gt; resumed
 *                                       ^
 * onAck --&gt; PublishAcks --foreign-------+
 * </pre>
 *
 * <p>Resuming is on the driver's thread, the rest on the connection's. Without the line's lock.
 */
final class PublishSessions {

    private final String clientName;
    private final PublishLine line;
    private final PublishStore store;
    private final StoreReplayer replayer;
    private final PublishAcks acks;
    private final FailedWrites failedWrites;
    private final Doubts doubts;

    /** Whether another may have published since our last session; guarded by the line. */
    private boolean yielded;

    PublishSessions(
            String clientName,
            PublishLine line,
            StoreReplayer replayer,
            PublishAcks acks,
            FailedWrites failedWrites,
            Doubts doubts) {
        this.clientName = clientName;
        this.line = line;
        this.store = line.store();
        this.replayer = replayer;
        this.acks = acks;
        this.failedWrites = failedWrites;
        this.doubts = doubts;
    }

    /**
     * Takes up where the last session ended.
     *
     * @return completes when all that was stored at this logon is written
     */
    CompletionStage<Void> resume(Connection to) {
        long held = to.logonResult().lastSequence().value();
        CompletableFuture<Void> resumed;
        ForeignSequence.Origin foreign;
        boolean doubtful;
        line.lock();
        try {
            if (line.isEnded()) {
                return CompletableFuture.failedFuture(new ClientClosedException(clientName));
            }
            foreign = store.logon(to.endpoint().address(), held);
            doubtful = foreign != null || yielded;
            yielded = false;
            line.open(to);
            resumed = replayer.resume(to);
        } catch (MessagingException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            line.unlock();
        }
        if (doubtful) {
            try {
                if (foreign != null) {
                    doubts.foreign(to, held, ForeignSequence.Source.LOGON, foreign);
                } else {
                    doubts.after(held);
                }
            } catch (MessagingException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        writeWhenDurable(to);
        return resumed;
    }

    /** Numbers come first: a message whose number is lost would be sent twice. */
    private void writeWhenDurable(Connection to) {
        CompletionStage<Void> durable;
        line.lock();
        try {
            if (!line.isOpenTo(to)) {
                return;
            }
            durable = store.startWriting();
        } finally {
            line.unlock();
        }
        Outcome.of(durable, (nothing, error) -> {
            if (error == null) {
                ready(to);
            } else {
                replayer.failed(to, Doubts.known(error));
            }
        });
    }

    private void ready(Connection to) {
        boolean waiting;
        line.lock();
        try {
            if (!line.isOpenTo(to)) {
                return;
            }
            line.ready();
            waiting = store.nextToWrite() != null;
        } finally {
            line.unlock();
        }
        if (waiting) {
            replayer.wake();
        } else {
            replayer.resumed(to);
        }
    }

    /** The connection ended: without a store, what is in flight has an unknown fate. */
    void disconnected(Disconnect disconnect) {
        StoredPublish lost = null;
        List<PublishFlush> flushes = List.of();
        CompletableFuture<Void> resuming;
        line.lock();
        try {
            line.shut();
            if (!store.keepsMessages()) {
                lost = store.takeAll();
            }
            if (!store.keepsMessages() || line.isEnded()) {
                flushes = acks.takeBarriers(); // a client that closes has no further connection
            }
            store.stopWriting();
            resuming = replayer.abandon();
        } finally {
            line.unlock();
        }
        DisconnectedException failure = new DisconnectedException(disconnect);
        failedWrites.allFailed(lost, failure);
        flushes.forEach(flush -> flush.result().completeExceptionally(failure));
        if (resuming != null) {
            resuming.completeExceptionally(failure);
        }
    }

    /**
     * The name is another's for a while: who waits for room may be refused now, and what was written and is not confirmed is in
     * doubt at the next logon.
     */
    void standsBy() {
        line.lock();
        try {
            yielded = true;
            line.roomChanged();
        } finally {
            line.unlock();
        }
    }

    /** An ack for publishes, on the connection's thread. */
    void onAck(Ack ack) {
        long foreign = acks.onAck(ack);
        Connection from;
        boolean more;
        line.lock();
        try {
            from = line.connection();
            if (foreign != 0) {
                line.pause();
            }
            more = line.isReady() && store.nextToWrite() != null;
        } finally {
            line.unlock();
        }
        if (foreign != 0 && from != null) {
            foreignAck(from, foreign);
        } else if (more) {
            replayer.wake();
        }
    }

    private void foreignAck(Connection from, long sequence) {
        try {
            doubts.foreign(from, sequence, ForeignSequence.Source.ACK, ForeignSequence.Origin.PUBLISHED_SINCE);
        } catch (MessagingException e) {
            replayer.failed(from, e);
            return;
        }
        writeWhenDurable(from);
    }
}
