package io.holdfast.netty.internal.session;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of all commands of a connection, behind one timer, which is set for the earliest.
 *
 * <p>A command that is answered leaves at once; the timer may then find nothing due, and is set anew. Confined to the event
 * loop, but for {@link #after}.
 */
public final class Deadlines {

    private static final Duration FARTHEST = Duration.ofDays(36_500);

    private final EventExecutor loop;
    private final Consumer<PendingReply> expired;
    private final TreeSet<PendingReply> waiting =
            new TreeSet<>(Comparator.<PendingReply>comparingLong(pending -> pending.deadlineNanos)
                    .thenComparingLong(pending -> pending.id));
    private @Nullable ScheduledFuture<?> timer;
    private long timerNanos;

    Deadlines(EventExecutor loop, Consumer<PendingReply> expired) {
        this.loop = loop;
        this.expired = expired;
    }

    /** The instant after {@code timeout}, on the loop's clock. From any thread. */
    long after(Duration timeout) {
        return loop.ticker().nanoTime() + nanos(timeout);
    }

    /** A time-out as nanoseconds that a clock can be advanced by: one of decades is as good as for ever. */
    public static long nanos(Duration timeout) {
        return timeout.compareTo(FARTHEST) < 0 ? timeout.toNanos() : FARTHEST.toNanos();
    }

    void add(PendingReply pending) {
        waiting.add(pending);
        if (timer == null || pending.deadlineNanos < timerNanos) {
            setTimer();
        }
    }

    void remove(PendingReply pending) {
        waiting.remove(pending);
    }

    void clear() {
        waiting.clear();
        setTimer();
    }

    private void fire() {
        timer = null;
        long now = loop.ticker().nanoTime();
        while (!waiting.isEmpty() && waiting.first().deadlineNanos <= now) {
            expired.accept(waiting.pollFirst());
        }
        setTimer();
    }

    private void setTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (!waiting.isEmpty()) {
            timerNanos = waiting.first().deadlineNanos;
            long delay = Math.max(0, timerNanos - loop.ticker().nanoTime());
            timer = loop.schedule(this::fire, delay, TimeUnit.NANOSECONDS);
        }
    }
}
