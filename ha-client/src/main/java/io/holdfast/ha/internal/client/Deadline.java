package io.holdfast.ha.internal.client;

import io.holdfast.client.spi.Clock;
import java.time.Duration;

/** A point on the monotonic clock, for waits that consist of several. */
final class Deadline {

    private final Clock clock;
    private final long atNanos;

    private Deadline(Clock clock, long atNanos) {
        this.clock = clock;
        this.atNanos = atNanos;
    }

    /**
     * The point that lies this far ahead by the JDK's clock, for a thread that really waits: a test that wants another clock
     * would have to move the thread too. Zero or less is now.
     */
    static Deadline after(Duration timeout) {
        return after(timeout, Clock.system());
    }

    /** The point that lies this far ahead; zero or less is now. */
    static Deadline after(Duration timeout, Clock clock) {
        return new Deadline(clock, clock.nanoTime() + Nanos.of(timeout));
    }

    /** The time left, never negative. */
    long remainingNanos() {
        return Math.max(0, atNanos - clock.nanoTime());
    }

    /** {@link #remainingNanos()} as a duration. */
    Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }
}
