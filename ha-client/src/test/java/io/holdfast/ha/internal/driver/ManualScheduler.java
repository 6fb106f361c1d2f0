package io.holdfast.ha.internal.driver;

import io.holdfast.client.spi.Scheduler;
import io.holdfast.testkit.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Timers that run when the test lets time pass, on the test's thread, in the order in which they are due. Thread-safe. */
public final class ManualScheduler implements Scheduler {

    private final ManualClock clock;
    private final List<Timer> timers = new ArrayList<>();
    private long lastNumber;

    /** A scheduler that shows its time on this clock. */
    public ManualScheduler(ManualClock clock) {
        this.clock = clock;
    }

    private record Timer(long due, long number, Runnable task) {}

    @Override
    public synchronized Cancellable schedule(long delayNanos, Runnable task) {
        long due = clock.nanoTime() + delayNanos;
        Timer timer = new Timer(due < 0 ? Long.MAX_VALUE : due, ++lastNumber, task);
        timers.add(timer);
        return () -> remove(timer);
    }

    private synchronized boolean remove(Timer timer) {
        return timers.remove(timer);
    }

    /** How many are set. */
    public synchronized int waiting() {
        return timers.size();
    }

    /** Lets time pass, and runs what is due on the way. */
    public void advance(Duration duration) {
        long end = clock.nanoTime() + duration.toNanos();
        Timer next = due(end);
        while (next != null) {
            clock.advance(Duration.ofNanos(Math.max(0, next.due() - clock.nanoTime())));
            next.task().run();
            next = due(end);
        }
        clock.advance(Duration.ofNanos(end - clock.nanoTime()));
    }

    private synchronized Timer due(long until) {
        Timer next = timers.stream()
                .filter(timer -> timer.due() <= until)
                .min(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number))
                .orElse(null);
        if (next != null) {
            timers.remove(next);
        }
        return next;
    }
}
