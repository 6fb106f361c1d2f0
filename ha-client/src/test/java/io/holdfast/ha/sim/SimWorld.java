package io.holdfast.ha.sim;

import io.holdfast.client.spi.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The virtual world: one clock, one queue of events, one seed. Whatever happens, happens as an event of this queue, on the
 * thread that calls {@link #run}; nothing here or below reads a real clock, starts a thread, or depends on the order of a
 * hash.
 */
final class SimWorld {

    /** More events than any run needs: a run that reaches it goes in circles. */
    private static final long MOST_EVENTS = 5_000_000;

    /** Far from zero and close to the overflow of a signed difference's operands, so that comparing times by {@code <} shows. */
    private static final long NANO_ORIGIN =
            Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

    private static final Instant WALL_ORIGIN = Instant.parse("2026-03-29T00:59:50Z");

    private final long seed;
    private final SplittableRandom root;
    private final SimTrace trace;
    private final PriorityQueue<SimEvent> queue = new PriorityQueue<>();
    private final List<String> violations = new ArrayList<>();
    private long nowNanos;
    private long wallStepNanos;
    private long lastOrder;
    private long happened;
    private @Nullable SimThread current;

    SimWorld(long seed) {
        this(seed, SimTrace.quiet());
    }

    SimWorld(long seed, SimTrace trace) {
        this.seed = seed;
        this.root = new SplittableRandom(seed);
        this.trace = trace;
    }

    long seed() {
        return seed;
    }

    /** A stream of random numbers of its own; the order of the calls belongs to what a seed means. */
    SplittableRandom random() {
        return root.split();
    }

    /** Nanoseconds since the world began. */
    long nowNanos() {
        return nowNanos;
    }

    /** The clock of everybody in this world. */
    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return WALL_ORIGIN.plusNanos(nowNanos).plusNanos(wallStepNanos);
            }

            @Override
            public long nanoTime() {
                return NANO_ORIGIN + nowNanos;
            }
        };
    }

    /** Somebody sets the wall clock; monotonic time goes on as it did. */
    void stepWallClock(Duration by) {
        wallStepNanos += by.toNanos();
        trace("wall clock steps by " + by);
    }

    /** Something of nobody's process happens later. */
    SimEvent after(long delayNanos, String what, Runnable action) {
        return after(null, delayNanos, what, action);
    }

    /** Something happens later in a process: not while it is paused, and not at all once it is dead. */
    SimEvent after(@Nullable SimProcess process, long delayNanos, String what, Runnable action) {
        SimEvent event = new SimEvent(later(delayNanos), ++lastOrder, process, what, action);
        queue.add(event);
        return event;
    }

    private long later(long delayNanos) {
        long delay = Math.max(0, delayNanos);
        return delay > Long.MAX_VALUE - nowNanos ? Long.MAX_VALUE : nowNanos + delay;
    }

    /** Lets time pass until nothing is left to happen. */
    void run() {
        run(Long.MAX_VALUE, () -> false);
    }

    /** Lets this much time pass. */
    void runFor(Duration time) {
        long until = nowNanos + time.toNanos();
        run(until, () -> false);
        nowNanos = Math.max(nowNanos, until);
    }

    /** Lets time pass until something holds, at most this much. Returns whether it held. */
    boolean runUntil(BooleanSupplier condition, Duration most) {
        long until = nowNanos + most.toNanos();
        if (run(until, condition)) {
            return true;
        }
        nowNanos = Math.max(nowNanos, until);
        return condition.getAsBoolean();
    }

    private boolean run(long untilNanos, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            SimEvent next = queue.peek();
            if (next == null || next.atNanos() > untilNanos) {
                return false;
            }
            queue.remove();
            happen(next);
        }
        return true;
    }

    private void happen(SimEvent event) {
        SimProcess process = event.process();
        if (event.isCancelled() || (process != null && !process.isAlive())) {
            return;
        }
        if (process != null && process.pausedUntilNanos() > event.atNanos()) {
            process.misses(event.toString());
            queue.add(event.movedTo(process.pausedUntilNanos()));
            return;
        }
        nowNanos = event.atNanos();
        if (++happened > MOST_EVENTS) {
            throw new SimulationFailure("more than " + MOST_EVENTS + " events: something goes in circles");
        }
        event.happen();
    }

    /** How many events have happened. */
    long happened() {
        return happened;
    }

    /** The simulated thread that runs now, if one does. */
    @Nullable
    SimThread current() {
        return current;
    }

    /** Runs a task as this thread. */
    void runAs(@Nullable SimThread thread, Runnable task) {
        SimThread before = current;
        current = thread;
        try {
            task.run();
        } finally {
            current = before;
        }
    }

    /** Notes what happens, for the people who read a failed run and for the test that two runs are the same. */
    void trace(String what) {
        trace.add(nowNanos, what);
    }

    SimTrace trace() {
        return trace;
    }

    /** Something that must never be has been seen. The run goes on to its end, and fails then. */
    void violation(String what) {
        violations.add(what);
        trace("VIOLATION " + what);
    }

    /** What was seen that must never be. */
    List<String> violations() {
        return List.copyOf(violations);
    }
}
