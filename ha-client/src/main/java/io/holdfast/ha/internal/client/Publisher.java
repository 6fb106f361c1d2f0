package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.ClientClosedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.FrameTooLargeException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.Ack;
import io.holdfast.client.publish.ForeignSequence;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishStoreStatus;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what is published, and writes it in order; what the parts of it do is drawn in the package.
 *
 * <p>Storing a message and, if nothing older waits, writing it is one step under one lock, so that the order on the wire is
 * the order of storing, and that is the order of the calls. Thread-safe; results are told on the connection's thread.
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
    private volatile boolean detached;
    /** Whether another may have published since our last session; guarded by the line. */
    private boolean yielded;

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
        return store.keepsMessages() ? storeAndWrite(request, policy) : writeOrWait(request, policy);
    }

    private StoredPublish storeAndWrite(PublishRequest request, StoreFullPolicy policy) {
        PublishRoom room = null;
        StoredPublish entry;
        line.lock();
        try {
            checkOpen();
            while (!store.hasRoomFor(request)) {
                room = room == null ? roomFor(policy) : room;
                room.inStore();
                checkOpen();
            }
            entry = store.append(request);
            if (line.isReady() && store.nextToWrite() == entry) {
                writeAtOnce(entry, request);
            }
        } finally {
            line.unlock();
            if (room != null) {
                tellDropped(room.dropped());
            }
        }
        store.awaitDurable();
        return entry;
    }

    private PublishRoom roomFor(StoreFullPolicy policy) {
        return new PublishRoom(line, policy, setup.timeout(), setup.guard());
    }

    private void tellDropped(List<StoredPublish> dropped) {
        dropped.forEach(entry -> failedWrites.dropped(entry, "the publish store was full"));
        if (!dropped.isEmpty()) {
            acks.settledOtherwise();
        }
    }

    private void writeAtOnce(StoredPublish entry, PublishRequest request) {
        boolean sendable = false;
        try {
            line.write(entry, request);
            sendable = true;
        } catch (DisconnectedException e) {
            line.pause(); // its end is being told; the message waits for the next connection
            sendable = true;
        } finally {
            if (!sendable && store.take(entry.id()) != null) {
                store.forget(entry);
            }
        }
    }

    /** Without a store: the connection takes it, or it was never published. */
    private StoredPublish writeOrWait(PublishRequest request, StoreFullPolicy policy) {
        PublishRoom room = null;
        line.lock();
        try {
            while (true) {
                Connection to = line.connection();
                if (to == null || detached) {
                    throw setup.refusal().get();
                }
                StoredPublish entry = line.isReady() ? tryWrite(to, request) : null;
                if (entry != null) {
                    return entry;
                }
                if (!line.isReady()) {
                    room = room == null ? roomFor(policy) : room;
                    room.onLine();
                }
            }
        } finally {
            line.unlock();
        }
    }

    private @Nullable StoredPublish tryWrite(Connection to, PublishRequest request) {
        StoredPublish entry = store.append(request);
        boolean taken = false;
        try {
            taken = line.write(entry, request);
        } finally {
            if (!taken && line.isOpenTo(to)) {
                store.takeBack(entry);
            }
        }
        if (!line.isOpenTo(to)) {
            // The transport failed on this very thread, inside the call.
            throw setup.refusal().get();
        }
        return taken ? entry : null;
    }

    private void checkOpen() {
        MessagingException closed = setup.closed().get();
        if (closed != null) {
            throw closed;
        }
        if (detached) {
            throw setup.refusal().get();
        }
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
            if (detached) {
                return CompletableFuture.failedFuture(new ClientClosedException(setup.clientName()));
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

    /** Publishes are refused from now on, those included that wait for room; what is stored may still be confirmed. */
    void detach() {
        line.lock();
        try {
            detached = true;
            line.roomChanged();
        } finally {
            line.unlock();
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
                flushes = acks.takeBarriers();
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

    /**
     * A barrier behind everything published so far; {@code null} if all of it is settled, and has been told.
     *
     * @throws MessagingException without a store and a connection: what was in flight has failed by then, or soon will
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

    /**
     * The connection is gone for good: what is not settled is told to fail with the client, or stays in a file store, and that is
     * said.
     */
    void close(Duration timeout) {
        StoredPublish left;
        int count;
        line.lock();
        try {
            detached = true;
            line.shut();
            count = store.size();
            left = store.takeEverything();
        } finally {
            line.unlock();
        }
        ClientClosedException closed = new ClientClosedException(setup.clientName());
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
