package io.holdfast.ha.internal.identity;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting between two looks at a mark, so that a test can wait without time. */
@FunctionalInterface
interface Pause {

    /** The calling thread sleeps. */
    Pause SLEEP = duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());

    void of(Duration duration) throws InterruptedException;
}
