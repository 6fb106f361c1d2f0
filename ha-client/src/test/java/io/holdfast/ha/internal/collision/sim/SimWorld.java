package io.holdfast.ha.internal.collision.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;

/** Virtual time and seeded chance: tasks run in the order of their times, one at a time. */
final class SimWorld {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1000 * MILLI;

    private static final Instant ORIGIN = Instant.parse("2026-01-01T09:00:00Z");

    final Random random;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long now;
    private long lastId;
    private long longestBelief;

    SimWorld(long seed) {
        // Neighbouring seeds of java.util.Random begin alike.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 0x1234567L);
    }

    long now() {
        return now;
    }

    Instant wall() {
        return ORIGIN.plusNanos(now);
    }

    /** A number from the first to below the second. */
    long between(long from, long to) {
        return from + (long) (random.nextDouble() * (to - from));
    }

    Task after(long delay, Runnable run) {
        Task task = new Task(now + Math.max(0, delay), ++lastId, run);
        tasks.add(task);
        return task;
    }

    /** A client learns that it has been without its connection for so long. */
    void noteBelief(long late) {
        longestBelief = Math.max(longestBelief, late);
    }

    /** The longest time for which a client took itself for connected after the broker had ended the connection. */
    long longestBelief() {
        return longestBelief;
    }

    void runUntil(long end) {
        while (!tasks.isEmpty() && tasks.peek().at <= end) {
            Task next = tasks.poll();
            now = next.at;
            if (!next.cancelled) {
                next.run.run();
            }
        }
        now = end;
    }

    void runFor(Duration duration) {
        runUntil(now + duration.toNanos());
    }

    static final class Task implements Comparable<Task> {
        private final long at;
        private final long id;
        private final Runnable run;
        private boolean cancelled;

        Task(long at, long id, Runnable run) {
            this.at = at;
            this.id = id;
            this.run = run;
        }

        void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Task other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(id, other.id);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(id);
        }
    }
}
