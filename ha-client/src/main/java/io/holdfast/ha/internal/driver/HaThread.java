package io.holdfast.ha.internal.driver;

import io.holdfast.client.spi.Scheduler;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a client's decisions and timers: {@code holdfast-ha-<client>}, started by its first task. Thread-safe. */
public final class HaThread implements Executor, Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(HaThread.class);

    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    /** The thread of the client of this name. */
    public HaThread(String clientName) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "holdfast-ha-" + clientName);
            made.setDaemon(true);
            thread = made;
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(logged(task));
    }

    // An executor keeps what a task throws in a future that nobody asks.
    @SuppressWarnings("CatchingUnchecked")
    private static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable thrown) {
                LOG.error("HF-1015 internal-error detail=\"a task of the client's thread failed\"", thrown);
            }
        };
    }

    /** {@inheritDoc} After {@link #end} nothing is run any more. */
    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
        try {
            Future<?> future = executor.schedule(logged(task), delayNanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {};
        }
    }

    /** Tasks and timers that wait. */
    public int waiting() {
        return executor.getQueue().size();
    }

    /**
     * Runs what waits to be run now, forgets what is scheduled, and ends; on another thread than this one.
     *
     * @return whether it ended in time
     */
    public boolean end(long nanos) throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        Thread last = thread;
        if (last != null) {
            last.join(); // the pool says so a moment before its thread has gone
        }
        return true;
    }
}
