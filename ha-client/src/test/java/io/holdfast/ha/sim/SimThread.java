package io.holdfast.ha.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a simulated process, as an executor: tasks in order, each a little later than it was given, now and then a
 * good deal later. It can be stalled alone.
 */
final class SimThread implements Executor {

    private static final long USUAL_NANOS = 20_000;
    private static final long SELDOM_NANOS = 3_000_000;

    private final SimProcess process;
    private final String name;
    private final SplittableRandom random;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private long stalledUntilNanos;
    private boolean keepsWaiting;
    private @Nullable SimEvent next;

    SimThread(SimProcess process, String name, SplittableRandom random) {
        this.process = process;
        this.name = name;
        this.random = random;
    }

    String name() {
        return name;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        wake();
    }

    /** Runs no task for a while, as one does that is blocked in foreign code. */
    void stall(long nanos) {
        SimWorld world = process.world();
        stalledUntilNanos = Math.max(stalledUntilNanos, world.nowNanos() + nanos);
        keepsWaiting = false;
        world.trace(name + " is stalled for " + nanos / 1_000_000 + " ms");
    }

    /** Whether what runs now runs here. */
    boolean isCurrent() {
        return process.world().current() == this;
    }

    /** What has been given to it and not begun. */
    List<String> waiting() {
        List<String> waiting = new ArrayList<>();
        tasks.forEach(task -> waiting.add("a task of " + name));
        return waiting;
    }

    private void wake() {
        if (next == null && !tasks.isEmpty()) {
            next = process.world().after(process, delay(), name, this::runNext);
        }
    }

    private long delay() {
        boolean seldom = random.nextInt(64) == 0;
        return random.nextLong(seldom ? SELDOM_NANOS : USUAL_NANOS);
    }

    private void runNext() {
        next = null;
        SimWorld world = process.world();
        if (stalledUntilNanos > world.nowNanos()) {
            if (!keepsWaiting) {
                keepsWaiting = true;
                world.trace(name + " keeps its tasks waiting");
            }
            next = world.after(process, stalledUntilNanos - world.nowNanos(), name, this::runNext);
            return;
        }
        Runnable task = tasks.poll();
        if (task != null) {
            try {
                world.runAs(this, task);
            } finally {
                wake();
            }
        }
    }
}
