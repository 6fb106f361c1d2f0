package io.holdfast.testkit.fs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the steps that change files, kills the simulated process before a chosen one, or lets some of them fail. Thread-safe. */
public final class Faults {

    private final List<String> steps = new ArrayList<>();
    private int allowed = Integer.MAX_VALUE;
    private boolean stopped;
    private @Nullable String failing;

    Faults() {}

    /** Lets so many further steps happen; the one after them kills the process. */
    public synchronized void stopAfter(int further) {
        allowed = steps.size() + further;
    }

    /** Each step that begins so fails from now on, a {@code write} as on a full disk, an {@code fsync} as on a bad one. */
    public synchronized void fail(String beginning) {
        failing = beginning;
    }

    /** The disk is well again. */
    public synchronized void heal() {
        failing = null;
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
        if (failing != null && what.startsWith(failing)) {
            throw new IOException("the disk fails to " + what);
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
