package io.holdfast.ha.internal.driver;

import java.time.Duration;

/** The part of a deadline that is kept back from whoever does the work, so that its answer is there before the wait ends. */
public final class Margin {

    private static final long MOST_NANOS = 50_000_000;

    private Margin() {}

    /** A little less (2 %, at most 50 ms): an answer in time knows what went wrong, a wait that ends does not. */
    public static Duration inner(long nanos) {
        return Duration.ofNanos(Math.max(1, nanos - Math.min(nanos / 50, MOST_NANOS)));
    }
}
