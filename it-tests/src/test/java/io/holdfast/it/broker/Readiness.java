package io.holdfast.it.broker;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until a broker has said once more that it is ready. */
final class Readiness {

    private static final String LINE = "holdfast-broker ready";

    private static final Duration STARTUP = Duration.ofSeconds(60);

    private Readiness() {}

    /** How often this log says so. */
    static int count(String log) {
        return log.split(LINE, -1).length - 1;
    }

    /**
     * Returns when {@code log} has said so {@code times} times.
     *
     * @throws IllegalStateException with the log, if the broker ends before, or takes longer than a minute
     */
    static void await(Supplier<String> log, int times, BooleanSupplier alive) {
        long deadline = System.nanoTime() + STARTUP.toNanos();
        while (count(log.get()) < times) {
            if (!alive.getAsBoolean() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the broker did not get ready:\n" + log.get());
            }
            pauseBriefly();
        }
    }

    private static void pauseBriefly() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker started", e);
        }
    }
}
