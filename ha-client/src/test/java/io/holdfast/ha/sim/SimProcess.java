package io.holdfast.ha.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A program in the world: its threads and its timers. It can be paused as a whole (a long garbage collection, a laptop that
 * sleeps) and killed: then nothing of it happens any more, and its connections end.
 */
final class SimProcess {

    private final SimWorld world;
    private final String name;
    private final SplittableRandom random;
    private final List<SimThread> threads = new ArrayList<>();
    private final List<SimEvent> timers = new ArrayList<>();
    private final List<Runnable> atDeath = new ArrayList<>();
    private boolean alive = true;
    private boolean missing;
    private long timersMade;
    private long pausedUntilNanos;

    SimProcess(SimWorld world, String name) {
        this.world = world;
        this.name = name;
        this.random = world.random();
    }

    String name() {
        return name;
    }

    SimWorld world() {
        return world;
    }

    boolean isAlive() {
        return alive;
    }

    long pausedUntilNanos() {
        return pausedUntilNanos;
    }

    /** A thread that runs its tasks in order, one by one. */
    SimThread thread(String role) {
        SimThread thread = new SimThread(this, name + "/" + role, random.split());
        threads.add(thread);
        return thread;
    }

    /** Runs something later, on no thread in particular, like a timer of the operating system. */
    SimEvent timer(long delayNanos, String what, Runnable action) {
        SimEvent timer = world.after(this, delayNanos, what, action);
        timers.removeIf(old -> !old.isPending());
        timers.add(timer);
        timersMade++;
        return timer;
    }

    /** Everything of it stops for a while. */
    void pause(long nanos) {
        pausedUntilNanos = Math.max(pausedUntilNanos, world.nowNanos() + nanos);
        missing = false;
        world.trace(name + " is paused for " + nanos / 1_000_000 + " ms");
    }

    /** Something of it was due, and waits until its pause is over. */
    void misses(String what) {
        if (!missing) {
            missing = true;
            world.trace(name + " misses in its pause: " + what);
        }
    }

    /** It is killed, as by {@code kill -9}. */
    void kill() {
        if (alive) {
            world.trace(name + " is killed");
            alive = false;
            List.copyOf(atDeath).forEach(Runnable::run);
        }
    }

    /** What the operating system does when the process dies. */
    void atDeath(Runnable cleanup) {
        atDeath.add(cleanup);
    }

    /** Its timers that are still to ring. */
    List<String> timers() {
        return timers.stream()
                .filter(SimEvent::isPending)
                .map(timer -> "timer " + timer)
                .toList();
    }

    /** How many timers were ever set. */
    long timersMade() {
        return timersMade;
    }

    /** What the process would still do by itself: its tasks and timers. */
    List<String> pending() {
        List<String> pending = new ArrayList<>();
        threads.forEach(thread -> pending.addAll(thread.waiting()));
        pending.addAll(timers());
        return pending;
    }

    @Override
    public String toString() {
        return name;
    }
}
