package io.holdfast.ha.sim;

import io.holdfast.client.ClientState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a run ends: every client is closed, and looked at in the moment that its close completes, and again when everything had
 * time to show.
 */
final class EndOfRun {

    /** What close leaves to the threads of others: an idle thread takes a task within 3 ms. */
    private static final Duration MOST_BEHIND = Duration.ofMillis(100);

    /** What may show later shows within this. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(40);

    private final SimWorld world;
    private final SimNetwork network;
    private final List<SimProgram> programs;
    private final Map<String, Long> timersMade = new TreeMap<>();

    EndOfRun(SimWorld world, SimNetwork network, List<SimProgram> programs) {
        this.world = world;
        this.network = network;
        this.programs = programs;
    }

    /** Closes all of them; what is left of one then is a violation. */
    void closeAll() {
        Duration most = Duration.ZERO;
        for (SimProgram program : programs) {
            Duration timeout = program.plan().options().timeouts().close();
            most = timeout.compareTo(most) > 0 ? timeout : most;
            program.client().close(timeout);
            if (program.client().state() != ClientState.CLOSED) {
                world.violation(program + " is not closed although close returned");
            }
        }
        List<SimProgram> closing = new ArrayList<>(programs);
        // Asked after each event: each of them is looked at before anything else happens.
        boolean inTime = world.runUntil(
                () -> {
                    closing.removeIf(this::isDone);
                    return closing.isEmpty();
                },
                most.plus(MOST_BEHIND));
        if (!inTime) {
            world.violation("close has not completed in time: " + closing);
        }
        world.runFor(MOST_BEHIND);
        programs.forEach(this::isQuiet);
        callAgain();
        world.runFor(AFTERWARDS);
        programs.forEach(this::isQuiet);
        network.open().stream()
                .filter(attempt -> isOurs(attempt))
                .forEach(attempt -> world.violation("still open after close: " + attempt));
    }

    /**
     * No timer and no link is left, from this moment on: whatever the client set, it has taken back. Tasks that are with its threads
     * already may still run (what its listener and its decisions are told of the end), since close waits for no borrowed thread.
     */
    private boolean isDone(SimProgram program) {
        if (!program.isCloseDone()) {
            return false;
        }
        world.trace("the close of " + program + " has completed");
        program.process().timers().forEach(timer -> world.violation(program + " left behind " + timer));
        network.open().stream()
                .filter(attempt -> attempt.process() == program.process())
                .forEach(attempt -> world.violation("still open after close: " + attempt));
        timersMade.put(program.name(), program.process().timersMade());
        return true;
    }

    private void isQuiet(SimProgram program) {
        program.process().pending().forEach(left -> world.violation(program + " left behind " + left));
        Long made = timersMade.get(program.name());
        if (made != null && program.process().timersMade() != made) {
            world.violation(program + " set a timer after its close had completed");
        }
        if (program.told() != ClientState.CLOSED) {
            world.violation(program + " told its listener " + program.told() + " last");
        }
        if (program.client().state() != ClientState.CLOSED) {
            world.violation(program + " left CLOSED");
        }
    }

    private void callAgain() {
        for (SimProgram program : programs) {
            program.client().close(Duration.ofSeconds(1));
            program.client().reconnectNow();
        }
    }

    private boolean isOurs(SimAttempt attempt) {
        return programs.stream().anyMatch(program -> program.process() == attempt.process());
    }
}
