package io.holdfast.ha.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a TCP connection: frames arrive in order, whole, after the latency, until it ends. It counts bytes, so
 * that a fault can cut it at any of them.
 *
 * @param <F> the kind of frame
 */
final class SimPipe<F> {

    private final SimWorld world;
    private final SplittableRandom random;
    private final long latencyNanos;
    private final Receiver<F> receiver;
    private final Deque<SimEvent> inFlight = new ArrayDeque<>();
    private long lastArrivalNanos;
    private long written;
    private long arrived;
    private long cutAt = Long.MAX_VALUE;
    private boolean blackhole;
    private boolean ended;
    private @Nullable Runnable onCut;

    /** The far end of a pipe. */
    interface Receiver<F> {
        /** A frame has come whole. */
        void receive(F frame);

        /** Nothing more will come: closed in order, or not (which includes the middle of a frame). */
        void ended(boolean inOrder);
    }

    SimPipe(SimWorld world, SplittableRandom random, long latencyNanos, Receiver<F> receiver) {
        this.world = world;
        this.random = random;
        this.latencyNanos = latencyNanos;
        this.receiver = receiver;
    }

    void write(F frame, int bytes) {
        if (ended) {
            return;
        }
        written += bytes;
        if (blackhole) {
            return;
        }
        if (written > cutAt) {
            blackhole = true;
            Runnable cut = onCut;
            if (cut != null) {
                arrive(cut);
            }
            return;
        }
        arrive(() -> {
            arrived += bytes;
            receiver.receive(frame);
        });
    }

    /** Nothing more is written: the far end learns so behind everything else. */
    void end(boolean inOrder) {
        if (!ended) {
            ended = true;
            if (!blackhole) {
                arrive(() -> receiver.ended(inOrder));
            }
        }
    }

    /** What is on its way is lost, and the far end learns that it is over. */
    void reset() {
        if (!ended) {
            dropInFlight();
            end(false);
        }
    }

    /** From now on nothing arrives, what is on its way included; nobody is told. */
    void blackhole() {
        blackhole = true;
        dropInFlight();
    }

    /** Cuts the pipe after so many bytes in all: what is whole before arrives, then {@code then} happens at the far end. */
    void cutAfter(long bytes, Runnable then) {
        cutAt = Math.max(bytes, written);
        onCut = then;
    }

    /** Takes back a cut that has not happened. */
    void neverCut() {
        cutAt = Long.MAX_VALUE;
    }

    /** Bytes written so far. */
    long written() {
        return written;
    }

    /** Bytes written and not arrived: what a socket's buffer would hold. */
    long unacknowledged() {
        return written - arrived;
    }

    boolean isBlackhole() {
        return blackhole;
    }

    private void dropInFlight() {
        inFlight.forEach(SimEvent::cancel);
        inFlight.clear();
    }

    private void arrive(Runnable arrival) {
        long at = world.nowNanos() + latencyNanos / 2 + random.nextLong(latencyNanos + 1);
        lastArrivalNanos = Math.max(lastArrivalNanos + 1, at);
        inFlight.add(world.after(lastArrivalNanos - world.nowNanos(), "arrival", () -> {
            inFlight.poll();
            arrival.run();
        }));
    }
}
