package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.FrameTooLargeException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.Ack;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishStoreStatus;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what is published, and writes it in order: what the parts of it, which are put together here, do is drawn in the
 * package. Thread-safe; results are told on the connection's thread.
 */
final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final PublishStore store;
    private final PublishLine line;
    private final StoreReplayer replayer;
    private final PublishAcks acks;
    private final FailedWrites failedWrites;
    private final Doubts doubts;
    private final PublisherSetup setup;
    private final Admission admission;
    private final PublishSessions sessions;

    /** A publisher, without a connection. */
    Publisher(PublisherSetup setup) {
        this.setup = setup;
        PublishSetup publishing = setup.publishing();
        store = publishing.store();
        line = new PublishLine(store, setup.limits().publishesInFlight(), this::wake);
        failedWrites = new FailedWrites(
                store, publishing.policies().failedWrites(), publishing.replay(), setup.dispatch(), setup.clientName());
        acks = new PublishAcks(line, failedWrites);
        replayer = new StoreReplayer(line, failedWrites, acks, publishing.replay());
        doubts = new Doubts(line, acks, failedWrites, setup);
        sessions = new PublishSessions(setup.clientName(), line, replayer, acks, failedWrites, doubts);
        admission = store.keepsMessages()
                ? new StoredAdmission(setup, line, acks, failedWrites)
                : new DirectAdmission(setup, line);
    }

    private void wake() {
        replayer.wake();
    }

    /** See {@link io.holdfast.client.Client#publish(PublishRequest)}. */
    StoredPublish publish(PublishRequest request) {
        return publish(request, setup.publishing().policies().storeFull());
    }

    /** See {@link io.holdfast.client.Client#publish(PublishRequest, StoreFullPolicy)}. */
    StoredPublish publish(PublishRequest request, StoreFullPolicy policy) {
        int length = request.payload().length();
        if (length > setup.limits().maxFrameBytes()) {
            throw new FrameTooLargeException(length, setup.limits().maxFrameBytes());
        }
        return admission.publish(request, policy);
    }

    /** See {@link PublishSessions#resume}. */
    CompletionStage<Void> resume(Connection to) {
        return sessions.resume(to);
    }

    /** See {@link PublishSessions#disconnected}. */
    void disconnected(Disconnect disconnect) {
        sessions.disconnected(disconnect);
    }

    /** See {@link PublishSessions#standsBy}. */
    void standsBy() {
        sessions.standsBy();
    }

    /** See {@link PublishSessions#onAck}. */
    void onAck(Ack ack) {
        sessions.onAck(ack);
    }

    /** Publishes are refused from now on, those included that wait for room; what is stored may still be confirmed. */
    void detach() {
        line.lock();
        try {
            line.end();
        } finally {
            line.unlock();
        }
    }

    /**
     * A barrier behind everything published so far; {@code null} if all of it is settled, and has been told.
     *
     * @throws MessagingException without a store and a connection: what was in flight has failed by then, or soon will; and if
     *     something is left that nobody will confirm
     */
    @Nullable
    PublishFlush barrier() {
        line.lock();
        try {
            if (line.connection() == null && !store.keepsMessages()) {
                throw setup.refusal().get();
            }
            return acks.barrier();
        } finally {
            line.unlock();
        }
    }

    /** Nobody waits for this barrier any more. */
    void forget(PublishFlush flush) {
        acks.forget(flush);
    }

    /** Whether what is published outlives the connection. */
    boolean keepsMessages() {
        return store.keepsMessages();
    }

    /** The connection that publishes go to now. */
    @Nullable
    Connection connection() {
        line.lock();
        try {
            return line.connection();
        } finally {
            line.unlock();
        }
    }

    /** See {@link io.holdfast.client.Client#publishing()}. */
    PublishStoreStatus status() {
        line.lock();
        try {
            return store.status();
        } finally {
            line.unlock();
        }
    }

    /** See {@link io.holdfast.client.Client#resolveInDoubt}. */
    int resolveInDoubt(@Nullable List<Long> ids, InDoubt.Resolution resolution) {
        int resolved = doubts.resolve(ids, resolution);
        replayer.wake();
        store.awaitDurable();
        return resolved;
    }

    /** Acks so far that settled nothing of ours. */
    long unmatchedAcks() {
        return acks.unmatched();
    }

    /** Publishes not confirmed yet. */
    int inFlight() {
        return status().stored();
    }

    /** There will be no further connection, for this reason: whoever waits for one is told. */
    void over(MessagingException reason) {
        List<PublishFlush> waiting;
        line.lock();
        try {
            waiting = acks.over(reason);
            line.roomChanged();
        } finally {
            line.unlock();
        }
        waiting.forEach(flush -> flush.result().completeExceptionally(reason));
    }

    /**
     * The connection is gone for good: what is not settled is told to fail with the client, or stays in a file store, and that is
     * said.
     */
    void close(Duration timeout) {
        ClientClosedException closed = new ClientClosedException(setup.clientName());
        List<PublishFlush> waiting;
        StoredPublish left;
        int count;
        line.lock();
        try {
            line.end();
            line.shut();
            waiting = acks.over(closed);
            count = store.size();
            left = store.takeEverything();
        } finally {
            line.unlock();
        }
        waiting.forEach(flush -> flush.result().completeExceptionally(closed));
        if (store.isOnDisk()) {
            fail(left, closed);
            store.close(timeout);
            if (count > 0) {
                LOG.info(
                        "HF-2308 publishes-left client_name={} count={} detail=\"they are sent when a client of this name"
                                + " opens its store again\"",
                        Untrusted.escape(setup.clientName()),
                        count);
            }
        } else {
            failedWrites.allFailed(left, closed);
            store.close(timeout);
        }
    }

    /** What is kept is not lost, so only those are told who wait for it. */
    private static void fail(@Nullable StoredPublish chain, ClientClosedException closed) {
        StoredPublish entry = chain;
        while (entry != null) {
            StoredPublish next = entry.unlink();
            entry.failed(closed);
            entry = next;
        }
    }
}
