package io.holdfast.ha.internal.client;

import java.time.Duration;

/** A point on the JDK's monotonic clock, for waits that consist of several: the one class here that reads a clock. */
final class Deadline {

    private final long atNanos;

    private Deadline(long atNanos) {
        this.atNanos = atNanos;
    }

    /** The point that lies this far ahead; zero or less is now. */
    static Deadline after(Duration timeout) {
        return new Deadline(System.nanoTime() + Nanos.of(timeout));
    }

    /** The time left, never negative. */
    long remainingNanos() {
        return Math.max(0, atNanos - System.nanoTime());
    }

    /** {@link #remainingNanos()} as a duration. */
    Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }
}
