package io.holdfast.ha.sim;

import io.holdfast.client.Heartbeat;
import io.holdfast.client.error.DisconnectedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The bounded queue between a client and its socket. The socket takes what the network has not swallowed yet, up to its own
 * buffer: behind a peer that reads no more, the queue fills.
 */
final class SimWriteQueue {

    private static final long SOCKET_BUFFER = 4_096;
    private static final long STALLED_NANOS = 2_000_000;

    private final SimAttempt attempt;
    private final SimLink link;
    private final Runnable onDrained;
    private final int bound;
    private final Deque<ClientFrame> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> writable = CompletableFuture.completedFuture(null);
    private long bytes;
    private boolean flushing;
    private boolean closing;
    private boolean over;
    private final long silenceLimitNanos;
    private long writtenNanos;
    private long silenceNanos;
    private long silenceEndNanos;

    /** A queue, empty; {@code onDrained} happens once, when it is closing and empty. */
    SimWriteQueue(SimAttempt attempt, SimLink link, Runnable onDrained) {
        this.attempt = attempt;
        this.link = link;
        this.onDrained = onDrained;
        this.bound = attempt.request().limits().writeQueueBytes();
        this.writtenNanos = attempt.network().world().nowNanos();
        Heartbeat asked = attempt.request().heartbeat();
        this.silenceLimitNanos = asked.isOn() ? 2 * asked.interval().toNanos() : Long.MAX_VALUE;
    }

    /** Takes a frame, or is full. */
    boolean offer(ClientFrame frame) {
        if (bytes > 0 && bytes + frame.bytes() > bound) {
            if (writable.isDone()) {
                writable = new CompletableFuture<>();
            }
            return false;
        }
        put(frame);
        return true;
    }

    /** A sign of life: takes no room from others. */
    void put(ClientFrame frame) {
        bytes += frame.bytes();
        waiting.add(frame);
        flushLater(5_000);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int bound() {
        return bound;
    }

    /** When something was last given to the socket. */
    long writtenNanos() {
        return writtenNanos;
    }

    /** How long nothing had been written, if the peer may have closed for it, by the rules of {@code OWN_SILENCE}; else 0. */
    long ownSilenceNanos() {
        long now = attempt.network().world().nowNanos();
        long open = now - writtenNanos;
        if (open > silenceLimitNanos) {
            return open;
        }
        return now - silenceEndNanos < silenceLimitNanos ? silenceNanos : 0;
    }

    CompletionStage<Void> writable() {
        return writable;
    }

    /** Takes nothing more; what waits is written out. */
    void drainThen() {
        closing = true;
        flushLater(0);
    }

    void end(DisconnectedException failure) {
        over = true;
        waiting.clear();
        if (writable.isDone()) {
            writable = new CompletableFuture<>();
        }
        writable.completeExceptionally(failure);
    }

    private void flushLater(long nanos) {
        if (!flushing && !over) {
            flushing = true;
            SimWorld world = attempt.network().world();
            long delay = nanos + attempt.network().random().nextLong(10_000);
            world.after(attempt.process(), delay, "flush", () -> attempt.io().execute(this::flush));
        }
    }

    private void wrote(long nowNanos) {
        if (nowNanos - writtenNanos > silenceLimitNanos) {
            silenceNanos = nowNanos - writtenNanos;
            silenceEndNanos = nowNanos;
        }
        writtenNanos = nowNanos;
    }

    private void flush() {
        flushing = false;
        if (over) {
            return;
        }
        while (!waiting.isEmpty() && link.up().unacknowledged() < SOCKET_BUFFER) {
            ClientFrame frame = waiting.remove();
            bytes -= frame.bytes();
            wrote(attempt.network().world().nowNanos());
            link.up().write(frame, frame.bytes());
        }
        if (!waiting.isEmpty()) {
            flushLater(STALLED_NANOS);
        } else if (closing) {
            onDrained.run();
            return;
        }
        if (bytes <= bound / 2) {
            writable.complete(null);
        }
    }
}
