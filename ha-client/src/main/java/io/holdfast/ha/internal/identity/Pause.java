package io.holdfast.ha.internal.identity;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting between two looks at a mark, so that a test can wait without time. */
@FunctionalInterface
interface Pause {

    /** The calling thread is parked; waking up early does no harm, since whoever pauses asks its clock. */
    Pause PARK = duration -> {
        LockSupport.parkNanos(duration.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    };

    void of(Duration duration) throws InterruptedException;
}
