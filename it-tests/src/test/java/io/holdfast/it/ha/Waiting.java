package io.holdfast.it.ha;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread or process does. */
final class Waiting {

    private static final Duration STEP = Duration.ofMillis(5);

    private Waiting() {}

    /**
     * Returns when {@code condition} is true.
     *
     * @param seen what to say when it is not within {@code patience}
     */
    static void until(BooleanSupplier condition, Duration patience, Supplier<String> seen) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + patience.toSeconds() + " s: " + seen.get());
            }
            Thread.sleep(STEP.toMillis());
        }
    }
}
