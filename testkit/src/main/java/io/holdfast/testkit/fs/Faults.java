package io.holdfast.testkit.fs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Counts the steps that change files, and kills the simulated process before a chosen one. Thread-safe. */
public final class Faults {

    private final List<String> steps = new ArrayList<>();
    private int allowed = Integer.MAX_VALUE;
    private boolean stopped;

    Faults() {}

    /** Lets so many further steps happen; the one after them kills the process. */
    public synchronized void stopAfter(int further) {
        allowed = steps.size() + further;
    }

    /** Whether the process was killed. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    /** What has happened so far, in order: for choosing where to kill, and for the message when a test fails. */
    public synchronized List<String> steps() {
        return List.copyOf(steps);
    }

    synchronized void step(String what) throws IOException {
        alive();
        if (steps.size() >= allowed) {
            stopped = true;
            throw new ProcessStoppedException(steps.size() + 1, what);
        }
        steps.add(what);
    }

    /** A dead process reads nothing either. */
    synchronized void alive() throws IOException {
        if (stopped) {
            throw new ProcessStoppedException(steps.size() + 1, "it is dead");
        }
    }
}
