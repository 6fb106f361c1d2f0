package io.holdfast.ha.internal.client;

import io.holdfast.client.spi.Scheduler;
import java.time.Duration;

/** Ends waits for which no transport keeps time: those for publish acks, and for handler calls that still run. */
@FunctionalInterface
interface Alarms {

    /** Runs {@code task} once after {@code delay}, unless the returned alarm is switched off first. */
    Alarm set(Duration delay, Runnable task);

    /** One alarm. */
    @FunctionalInterface
    interface Alarm {
        /** Switches it off; without effect once it went off. */
        void cancel();
    }

    /**
     * Alarms by the client's scheduler. Not by the delivery executor: handlers that do not end may have all of it, and an alarm
     * that waits for them would be a wait without end.
     */
    static Alarms on(Scheduler scheduler, BlockingGuard guard) {
        return (delay, task) -> {
            Scheduler.Cancellable timer = scheduler.schedule(Nanos.of(delay), () -> guard.guarded(task));
            return timer::cancel;
        };
    }
}
