package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.PublishRefusedException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers publishes, keeps those that are not confirmed, and tells what became of them.
 *
 * <p>Assigning the sequence, {@link Connection#publish} and entering the window are one step under one lock, so that the
 * order on the wire is the order of the sequences. That call into the transport only appends to its write queue; nothing
 * else is called with the lock held. Acks come on the connection's thread; results are told there, in order.
 */
final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final int limit;
    private final Duration timeout;
    private final BlockingGuard guard;
    private final ListenerDispatch listener;
    private final Supplier<MessagingException> refusal;
    private final AtomicLong unmatchedAcks = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final InFlightWindow window = new InFlightWindow();
    private final Deque<PublishFlush> barriers = new ArrayDeque<>();
    private @Nullable Connection connection;
    private boolean awaitingWritable;
    /** Acks whose results have left the window and are being told. */
    private int telling;

    private long last;

    /**
     * A publisher, detached.
     *
     * @param limit the most publishes in flight
     * @param timeout how long a publish may wait for room
     * @param refusal why a publish is refused while detached
     */
    Publisher(
            int limit,
            Duration timeout,
            BlockingGuard guard,
            ListenerDispatch listener,
            Supplier<MessagingException> refusal) {
        this.limit = limit;
        this.timeout = timeout;
        this.guard = guard;
        this.listener = listener;
        this.refusal = refusal;
    }

    /** Publishes go to this connection from now on, numbered above all of ours and all that its broker knows. */
    private void attach(Connection to) {
        lock.lock();
        try {
            connection = to;
            awaitingWritable = false;
            last = Math.max(last, to.logonResult().lastSequence().value());
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes up where the last session ended; completes when all that was stored at this logon is written.
     *
     * <p>Nothing is stored yet: what was in flight has failed with its connection.
     */
    CompletionStage<Void> resume(Connection to) {
        attach(to);
        return CompletableFuture.completedFuture(null);
    }

    /** Publishes are refused from now on, those included that wait for room; what is in flight may still be confirmed. */
    void detach() {
        lock.lock();
        try {
            connection = null;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The connection ended: what is in flight has an unknown fate. */
    void disconnected(Disconnect disconnect) {
        InFlight chain;
        List<PublishFlush> flushes;
        detach();
        lock.lock();
        try {
            chain = window.takeThrough(Long.MAX_VALUE);
            flushes = new ArrayList<>(barriers);
            barriers.clear();
        } finally {
            lock.unlock();
        }
        DisconnectedException failure = new DisconnectedException(disconnect);
        fail(chain, failure);
        flushes.forEach(flush -> flush.result().completeExceptionally(failure));
    }

    /** See {@link io.holdfast.client.Client#publish(PublishRequest)}. */
    InFlight publish(PublishRequest request) {
        Deadline deadline = null;
        lock.lock();
        try {
            while (true) {
                Connection to = connection;
                if (to == null) {
                    throw refusal.get();
                }
                boolean windowFull = window.size() >= limit;
                InFlight entry = windowFull ? null : send(to, request);
                if (entry != null) {
                    return entry;
                }
                if (deadline == null) {
                    deadline = guard.mayBlock() ? Deadline.after(timeout) : Deadline.after(Duration.ZERO);
                }
                awaitRoom(to, windowFull, deadline);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable InFlight send(Connection to, PublishRequest request) {
        SequenceNumber sequence = SequenceNumber.of(last + 1);
        if (!to.publish(request, sequence)) {
            return null;
        }
        last++;
        if (connection != to) {
            // The transport failed on this very thread, inside the call, and what was in flight has been told.
            throw refusal.get();
        }
        InFlight entry = new InFlight(sequence, request.topic());
        window.add(entry);
        return entry;
    }

    @SuppressWarnings("WaitNotInLoop") // the caller's loop looks again, and the deadline ends it
    private void awaitRoom(Connection to, boolean windowFull, Deadline deadline) {
        long nanos = deadline.remainingNanos();
        if (nanos == 0) {
            throw full(windowFull);
        }
        if (!windowFull && !awaitingWritable) {
            awaitingWritable = true;
            Outcome.of(to.writable(), (nothing, error) -> writable());
            if (!awaitingWritable) {
                return; // there was room again by now
            }
        }
        try {
            room.awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled =
                    new CancellationException("interrupted while waiting for room to publish");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    private void writable() {
        lock.lock();
        try {
            awaitingWritable = false;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private BackPressureException full(boolean windowFull) {
        return windowFull
                ? new BackPressureException(
                        "in-flight window (publishes)",
                        limit,
                        "the broker confirms more slowly than this client publishes; publish again later, or raise"
                                + " Limits.publishesInFlight")
                : new BackPressureException(
                        "write queue (publishes in flight)",
                        window.size(),
                        "the socket takes less than this client publishes; publish again later, or raise"
                                + " Limits.writeQueueBytes");
    }

    /** An ack for publishes, on the connection's thread. */
    void onAck(Ack ack) {
        long sequence = ack.sequence().value();
        InFlight chain;
        boolean foreign;
        lock.lock();
        try {
            // Beyond what we wrote: not for us but for a rival of our name, and no word about ours.
            foreign = sequence == 0 || sequence > last;
            chain = foreign ? null : take(ack, sequence);
            if (chain != null) {
                telling++;
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (foreign || (chain == null && !ack.isSuccess())) {
            unmatchedAcks.incrementAndGet();
            LOG.debug(
                    "ignored an ack for a publish that is not in flight sequence={} status={}", sequence, ack.status());
        }
        if (ack.isSuccess()) {
            confirm(chain);
        } else if (chain != null) {
            fail(chain, new PublishRefusedException(chain.topic(), chain.sequence(), ack.rawReason()));
        }
        if (chain != null) {
            told().forEach(PublishFlush::arrive);
        }
    }

    /** Results were told; the barriers that waited for the last of them. */
    private List<PublishFlush> told() {
        lock.lock();
        try {
            telling--;
            return settledBarriers();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable InFlight take(Ack ack, long sequence) {
        if (!ack.isSuccess()) {
            return window.take(sequence);
        }
        return ack.type() == AckType.PERSISTED ? window.takeThrough(sequence) : null;
    }

    /**
     * A barrier behind everything published so far; {@code null} if all of it is settled, and has been told.
     *
     * @throws MessagingException if detached: what was in flight has failed by then, or soon will
     */
    @Nullable
    PublishFlush barrier() {
        lock.lock();
        try {
            if (connection == null) {
                throw refusal.get();
            }
            if (window.size() == 0 && telling == 0) {
                return null;
            }
            PublishFlush flush = new PublishFlush(last);
            barriers.add(flush);
            return flush;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits for this barrier any more. */
    void forget(PublishFlush flush) {
        lock.lock();
        try {
            barriers.remove(flush);
        } finally {
            lock.unlock();
        }
    }

    /** Acks so far that were for no publish of ours in flight. */
    long unmatchedAcks() {
        return unmatchedAcks.get();
    }

    /** Publishes not confirmed yet. */
    int inFlight() {
        lock.lock();
        try {
            return window.size();
        } finally {
            lock.unlock();
        }
    }

    /** Barriers stand in the order of their targets, so only the first ones are looked at. */
    private List<PublishFlush> settledBarriers() {
        if (barriers.isEmpty()) {
            return List.of();
        }
        long settled = window.settledThrough(last);
        List<PublishFlush> done = new ArrayList<>();
        while (!barriers.isEmpty() && barriers.getFirst().target() <= settled) {
            done.add(barriers.removeFirst());
        }
        return done;
    }

    private static void confirm(@Nullable InFlight chain) {
        InFlight entry = chain;
        while (entry != null) {
            InFlight next = entry.next;
            entry.next = null; // or one result kept by the application would keep all later ones
            entry.durable();
            entry = next;
        }
    }

    private void fail(@Nullable InFlight chain, MessagingException failure) {
        List<PublishResult> untold = new ArrayList<>();
        InFlight entry = chain;
        while (entry != null) {
            InFlight next = entry.next;
            entry.next = null;
            if (!entry.failed(failure)) {
                untold.add(entry);
            }
            entry = next;
        }
        if (!untold.isEmpty()) {
            List<PublishResult> publishes = List.copyOf(untold);
            listener.tell((told, client) -> told.onPublishFailed(client, publishes, failure));
        }
    }
}
