package io.holdfast.ha.internal.driver;

import java.time.Duration;

/** Lets one thing be said at once, and then at most once in so long, and counts what was left out. Confined to its owner. */
final class Repeats {

    private final long everyNanos;
    private boolean said;
    private long saidAt;
    private long leftOut;

    Repeats(Duration every) {
        this.everyNanos = every.toNanos();
    }

    /** Whether it is to be said now; if not, it is counted. */
    boolean isDue(long nowNanos) {
        if (said && nowNanos - saidAt < everyNanos) {
            leftOut++;
            return false;
        }
        said = true;
        saidAt = nowNanos;
        return true;
    }

    /** How often it was left out since it was said last. */
    long takeLeftOut() {
        long count = leftOut;
        leftOut = 0;
        return count;
    }

    /** The next one is said at once. */
    void reset() {
        said = false;
    }
}
