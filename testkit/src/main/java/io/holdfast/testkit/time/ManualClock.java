package io.holdfast.testkit.time;

import io.holdfast.client.spi.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until the test advances it. Thread-safe. */
public final class ManualClock implements Clock {

    private final Instant origin;
    private Duration elapsed = Duration.ZERO;

    private ManualClock(Instant origin) {
        this.origin = origin;
    }

    /** A clock that shows this time. */
    public static ManualClock at(Instant origin) {
        return new ManualClock(origin);
    }

    /** Lets time pass, on the wall and in the monotonic count alike. */
    public synchronized void advance(Duration duration) {
        elapsed = elapsed.plus(duration);
    }

    @Override
    public synchronized Instant instant() {
        return origin.plus(elapsed);
    }

    @Override
    public synchronized long nanoTime() {
        return elapsed.toNanos();
    }
}
