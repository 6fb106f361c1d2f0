package io.holdfast.ha.internal.client;

import java.time.Duration;

/** Durations as nanoseconds that never overflow. */
final class Nanos {

    /** A hundred years: longer than any wait, short enough to add to a clock. */
    private static final Duration MOST = Duration.ofDays(36_500);

    private Nanos() {}

    static long of(Duration duration) {
        return duration.compareTo(MOST) > 0 ? MOST.toNanos() : duration.toNanos();
    }

    /**
     * Checks a caller's timeout.
     *
     * @throws IllegalArgumentException unless it is positive
     */
    static Duration positive(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is positive, not " + timeout);
        }
        return timeout;
    }
}
