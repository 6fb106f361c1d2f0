package io.holdfast.ha.sim;

import io.holdfast.client.Heartbeat;
import org.jspecify.annotations.Nullable;

/** Signs of life on the client's side of a connection, by the rules of {@link Heartbeat}. */
final class SimHeartbeat {

    private static final long HELD_UP_NANOS = 200_000_000;

    private final SimAttempt attempt;
    private final SimWorld world;
    private final SimWriteQueue queue;
    private final Runnable onSilence;
    private final long intervalNanos;
    private long heardNanos;
    private boolean running;
    private @Nullable SimEvent beatTimer;
    private @Nullable SimEvent silenceTimer;

    SimHeartbeat(SimAttempt attempt, SimWriteQueue queue, Runnable onSilence) {
        this.attempt = attempt;
        this.world = attempt.network().world();
        this.queue = queue;
        this.onSilence = onSilence;
        Heartbeat asked = attempt.request().heartbeat();
        this.intervalNanos = asked.isOn() ? asked.interval().toNanos() : 0;
    }

    void start() {
        if (intervalNanos > 0) {
            running = true;
            queue.put(new ClientFrame.Beat(intervalNanos));
            beatIn(intervalNanos);
            resume();
        }
    }

    void heard() {
        heardNanos = world.nowNanos();
    }

    void answer() {
        queue.put(new ClientFrame.Beat(0));
    }

    void suspend() {
        cancel(silenceTimer);
    }

    void resume() {
        if (running) {
            heard();
            watchIn(2 * intervalNanos);
        }
    }

    void stop() {
        running = false;
        cancel(beatTimer);
        cancel(silenceTimer);
    }

    private void beatIn(long nanos) {
        beatTimer = world.after(
                attempt.process(),
                nanos,
                "beat",
                () -> attempt.io().execute(() -> {
                    if (!running) {
                        return;
                    }
                    long silent = world.nowNanos() - queue.writtenNanos();
                    if (silent >= intervalNanos && queue.isEmpty()) {
                        queue.put(new ClientFrame.Beat(0));
                    }
                    beatIn(silent < intervalNanos ? intervalNanos - silent : intervalNanos);
                }));
    }

    private void watchIn(long nanos) {
        cancel(silenceTimer);
        long due = world.nowNanos() + nanos;
        silenceTimer = world.after(
                attempt.process(), nanos, "silence", () -> attempt.io().execute(() -> check(due)));
    }

    private void check(long due) {
        long now = world.nowNanos();
        long left = heardNanos + 2 * intervalNanos - now;
        if (!running) {
            return;
        }
        if (left > 0) {
            watchIn(left);
        } else if (now - due > HELD_UP_NANOS) {
            watchIn(HELD_UP_NANOS / 2);
        } else {
            onSilence.run();
        }
    }

    private static void cancel(@Nullable SimEvent timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
