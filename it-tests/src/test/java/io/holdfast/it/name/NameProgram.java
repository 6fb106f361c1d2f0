package io.holdfast.it.name;

import io.holdfast.it.program.Program;
import java.time.Duration;
import java.util.List;

/** A program that holds a name, or says why it has none. */
final class NameProgram implements AutoCloseable {

    /** Longer than a mark of another boot is watched. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Program program;

    NameProgram(Program program) {
        this.program = program;
    }

    /** Asks it to end, and waits until it has. */
    void stop() {
        program.stop();
    }

    /** Ends it by {@code kill -9}, and waits until it is gone. */
    void kill() {
        program.kill();
    }

    /** Starts it again after it ended: in a container, the same container. */
    void startAgain() {
        program.startAgain();
    }

    /** Kills it if it runs, and removes what it left. */
    @Override
    public void close() {
        program.close();
    }

    /** What it said about its name in its {@code run}th run, the first is 1: a name it holds, or a refusal. */
    String answer(int run) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String log = program.log();
            List<String> answers = log.lines()
                    .filter(line -> line.startsWith("holding ") || line.startsWith("holdfast name: "))
                    .toList();
            if (answers.size() >= run) {
                return answers.get(run - 1);
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it said nothing about its name in run " + run + ":\n" + log);
            }
            pauseBriefly();
        }
    }

    private static void pauseBriefly() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a program", e);
        }
    }
}
