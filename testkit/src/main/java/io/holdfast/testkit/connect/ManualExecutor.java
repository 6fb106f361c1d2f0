package io.holdfast.testkit.connect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor whose tasks run when a test says so, on the test's thread. Thread-safe. */
public final class ManualExecutor implements Executor {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean refusing;

    @Override
    public synchronized void execute(Runnable task) {
        if (refusing) {
            throw new RejectedExecutionException("told to refuse");
        }
        tasks.add(task);
    }

    /** From now on refuses every task, as an executor does that was shut down. */
    public synchronized void refuse() {
        refusing = true;
    }

    /** Runs the oldest task. Returns whether there was one. */
    public boolean runNext() {
        Runnable task;
        synchronized (this) {
            task = tasks.poll();
        }
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    /** Runs tasks until there are none, those included that they bring forth. */
    public void runAll() {
        boolean more = true;
        while (more) {
            more = runNext();
        }
    }

    /** How many tasks wait. */
    public synchronized int size() {
        return tasks.size();
    }
}
