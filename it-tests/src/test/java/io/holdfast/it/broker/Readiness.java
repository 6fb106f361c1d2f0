package io.holdfast.it.broker;

import io.holdfast.it.program.Program;
import java.time.Duration;

/** Waits until a broker has said once more that it is ready. */
final class Readiness {

    private static final String LINE = "holdfast-broker ready";

    private static final Duration STARTUP = Duration.ofSeconds(60);

    private Readiness() {}

    /**
     * Returns when the broker that was just started for the first time is ready.
     *
     * @throws IllegalStateException with the log, if the broker ends before, or takes longer than a minute
     */
    static void await(Program broker) {
        await(broker, 1);
    }

    /** Starts a broker that has ended, and returns when it is ready; throws as {@link #await(Program)} does. */
    static void startAgain(Program broker) {
        int before = count(broker.log());
        broker.startAgain();
        await(broker, before + 1);
    }

    private static void await(Program broker, int times) {
        long deadline = System.nanoTime() + STARTUP.toNanos();
        while (count(broker.log()) < times) {
            if (!broker.isRunning() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the broker did not get ready:\n" + broker.log());
            }
            pauseBriefly();
        }
    }

    /** How often this log says so. */
    private static int count(String log) {
        return log.split(LINE, -1).length - 1;
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
