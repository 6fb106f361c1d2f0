package io.holdfast.testkit.fs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the steps that change files, kills the simulated process before a chosen one, or lets some of them fail. Thread-safe. */
public final class Faults {

    private static final int SMALL = 128;

    private final List<String> steps = new ArrayList<>();
    private int allowed = Integer.MAX_VALUE;
    private int whole = SMALL;
    private Runnable whenStopped = () -> {};
    private boolean stopped;
    private @Nullable String failing;
    private long room = Long.MAX_VALUE;
    private @Nullable String watched;
    private Runnable before = () -> {};

    Faults() {}

    /** Lets so many further steps happen; the one after them kills the process. */
    public synchronized void stopAfter(int further) {
        allowed = steps.size() + further;
    }

    /** Is told when the process is killed, on the thread that wanted to take the step. */
    public synchronized void whenStopped(Runnable told) {
        whenStopped = told;
    }

    /** Writes at a position of more than so many bytes take more than one step, each about half of what is left: 128 unless it is said. */
    public synchronized void tearAbove(int bytes) {
        whole = bytes;
    }

    /** How many of these bytes a write at a position takes in one step. */
    synchronized int part(int remaining) {
        return remaining <= whole ? remaining : remaining / 2;
    }

    /** Each step that begins so fails from now on, a {@code write} as on a full disk, an {@code fsync} as on a bad one. */
    public synchronized void fail(String beginning) {
        failing = beginning;
    }

    /** The disk has room for so many bytes of files and no more: a write that needs more fails. */
    public synchronized void room(long bytes) {
        room = bytes;
    }

    /** The disk is well again, and large. */
    public synchronized void heal() {
        failing = null;
        room = Long.MAX_VALUE;
    }

    synchronized long room() {
        return room;
    }

    /** Runs this before each step that begins so, on its thread: a disk that hangs, or an interrupt at the worst moment. */
    public synchronized void before(String beginning, Runnable task) {
        watched = beginning;
        before = task;
    }

    /** Whether the process was killed. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    /** What has happened so far, in order: for choosing where to kill, and for the message when a test fails. */
    public synchronized List<String> steps() {
        return List.copyOf(steps);
    }

    void step(String what) throws IOException {
        taskBefore(what).run();
        Runnable told;
        ProcessStoppedException stop;
        synchronized (this) {
            alive();
            if (steps.size() < allowed) {
                if (failing != null && what.startsWith(failing)) {
                    throw new IOException("the disk fails to " + what);
                }
                steps.add(what);
                return;
            }
            stopped = true;
            told = whenStopped;
            stop = new ProcessStoppedException(steps.size() + 1, what);
        }
        told.run();
        throw stop;
    }

    private synchronized Runnable taskBefore(String what) {
        return watched != null && what.startsWith(watched) ? before : () -> {};
    }

    /** A dead process reads nothing either. */
    synchronized void alive() throws IOException {
        if (stopped) {
            throw new ProcessStoppedException(steps.size() + 1, "it is dead");
        }
    }
}
