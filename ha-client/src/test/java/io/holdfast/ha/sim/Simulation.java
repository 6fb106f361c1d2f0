package io.holdfast.ha.sim;

import io.holdfast.client.spi.NonBlockingThread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs seeds, each on a thread that must never wait: a call of a client that would block in a run is refused, as on a
 * transport's thread, since nothing could happen meanwhile.
 */
final class Simulation {

    /** The name of the thread that everything happens on. */
    static final String THREAD = "simulation";

    private static final int LAST_LINES = 120;

    private Simulation() {}

    /** What came of one seed. */
    record Outcome(long seed, long fingerprint, long events, List<String> violations, List<String> lastLines) {

        boolean isGood() {
            return violations.isEmpty();
        }

        /** For the reader of a failed test: what must never be, and what happened last. */
        String describe() {
            return "seed " + seed + " (replay with -Dsim.seed=" + seed + ")\n  " + String.join("\n  ", violations)
                    + "\nlast events:\n  " + String.join("\n  ", lastLines);
        }
    }

    /** Runs one seed, showing its trace. */
    static Outcome run(long seed, SimTrace trace, Consumer<SimWorld> scenario) {
        List<Outcome> outcomes = new ArrayList<>();
        onSimulatedThread(log -> outcomes.add(outcome(seed, trace, log, scenario)));
        return outcomes.get(0);
    }

    /** Runs seeds from {@code first} on; returns what came of those that failed, at most so many. */
    static List<Outcome> run(long first, long count, int mostFailures, Consumer<SimWorld> scenario) {
        List<Outcome> failed = new ArrayList<>();
        onSimulatedThread(log -> {
            for (long seed = first; seed < first + count && failed.size() < mostFailures; seed++) {
                Outcome outcome = outcome(seed, SimTrace.quiet(), log, scenario);
                if (!outcome.isGood()) {
                    failed.add(outcome);
                }
            }
        });
        return failed;
    }

    private static Outcome outcome(long seed, SimTrace trace, SimLog log, Consumer<SimWorld> scenario) {
        SimWorld world = new SimWorld(seed, trace);
        log.of(world);
        try {
            scenario.accept(world);
        } catch (RuntimeException | AssertionError e) {
            world.violation("the run failed with " + e + " at "
                    + List.of(e.getStackTrace()).subList(0, Math.min(6, e.getStackTrace().length)));
        }
        return new Outcome(
                seed,
                world.trace().fingerprint(),
                world.happened(),
                world.violations(),
                world.trace().last(LAST_LINES));
    }

    private static void onSimulatedThread(Consumer<SimLog> task) {
        List<Throwable> errors = new ArrayList<>();
        Thread thread = new SimulatedThread(() -> {
            try (SimLog log = new SimLog()) {
                task.accept(log);
            } catch (Throwable e) {
                errors.add(e);
            }
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new SimulationFailure("interrupted");
        }
        if (!errors.isEmpty()) {
            throw new AssertionError("the simulation itself failed", errors.get(0));
        }
    }

    private static final class SimulatedThread extends Thread implements NonBlockingThread {
        private SimulatedThread(Runnable task) {
            super(task, THREAD);
        }
    }
}
