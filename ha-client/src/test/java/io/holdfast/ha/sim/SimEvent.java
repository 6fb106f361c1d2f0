package io.holdfast.ha.sim;

import org.jspecify.annotations.Nullable;

/** Something that is going to happen; events at one instant happen in the order in which they were made. */
final class SimEvent implements Comparable<SimEvent> {

    private long atNanos;
    private final long order;
    private final @Nullable SimProcess process;
    private final String what;
    private final Runnable action;
    private boolean cancelled;
    private boolean over;

    SimEvent(long atNanos, long order, @Nullable SimProcess process, String what, Runnable action) {
        this.atNanos = atNanos;
        this.order = order;
        this.process = process;
        this.what = what;
        this.action = action;
    }

    long atNanos() {
        return atNanos;
    }

    @Nullable
    SimProcess process() {
        return process;
    }

    /** The same event, later; it must not be in a queue now. */
    SimEvent movedTo(long nanos) {
        atNanos = nanos;
        return this;
    }

    void happen() {
        over = true;
        action.run();
    }

    /** It does not happen. Without effect once it has. */
    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Whether it is still to come. */
    boolean isPending() {
        return !over && !cancelled;
    }

    @Override
    public int compareTo(SimEvent other) {
        int byTime = Long.compare(atNanos, other.atNanos);
        return byTime != 0 ? byTime : Long.compare(order, other.order);
    }

    @Override
    public String toString() {
        return what;
    }
}
