package io.holdfast.ha.internal.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
     * Alarms by the JDK's own timer thread, which only hands over to the JDK's pool for stages; a cancelled alarm leaves
     * nothing behind. Not to the delivery executor: handlers that do not end may have all of it, and an alarm that waits for
     * them would be a wait without end.
     */
    static Alarms on(BlockingGuard guard) {
        return (delay, task) -> {
            CompletableFuture<Void> timer =
                    new CompletableFuture<Void>().orTimeout(Nanos.of(delay), TimeUnit.NANOSECONDS);
            Outcome.of(timer, (nothing, late) -> {
                if (late != null) {
                    timer.defaultExecutor().execute(() -> guarded(guard, task));
                }
            });
            return () -> timer.complete(null);
        };
    }

    /** What the task completes may run the application's code, which must not wait here either. */
    private static void guarded(BlockingGuard guard, Runnable task) {
        Object before = guard.enter(task);
        try {
            task.run();
        } finally {
            guard.exit(before);
        }
    }
}
