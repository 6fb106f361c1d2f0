package io.holdfast.ha.internal.client;

import io.holdfast.client.spi.Clock;
import java.time.Duration;

/** A point on the monotonic clock, for waits that consist of several. */
final class Deadline {

    // Waits of real threads: a test that wants another clock would have to move the threads too.
    private static final Clock CLOCK = Clock.system();

    private final long atNanos;

    private Deadline(long atNanos) {
        this.atNanos = atNanos;
    }

    /** The point that lies this far ahead; zero or less is now. */
    static Deadline after(Duration timeout) {
        return new Deadline(CLOCK.nanoTime() + Nanos.of(timeout));
    }

    /** The time left, never negative. */
    long remainingNanos() {
        return Math.max(0, atNanos - CLOCK.nanoTime());
    }

    /** {@link #remainingNanos()} as a duration. */
    Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }
}
