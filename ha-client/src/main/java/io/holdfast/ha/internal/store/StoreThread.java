package io.holdfast.ha.internal.store;

import io.holdfast.client.spi.NonBlockingThread;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread of a file store, for what no caller should wait for. */
public interface StoreThread extends Executor {

    /** Runs something later. */
    void after(long nanos, Runnable task);

    /** Ends it, when what was to be done at once is done; what was to be done later is left out. */
    void end(Duration timeout);

    /** A daemon thread of its own. */
    static StoreThread start(String clientName) {
        return new Owned(clientName);
    }

    /** The real one. */
    final class Owned implements StoreThread {

        private final ScheduledThreadPoolExecutor pool;

        private Owned(String clientName) {
            pool = new ScheduledThreadPoolExecutor(1, task -> new StoreWorker(task, "holdfast-store-" + clientName));
            pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            pool.setRemoveOnCancelPolicy(true);
        }

        @Override
        public void execute(Runnable task) {
            pool.execute(task);
        }

        @Override
        public void after(long nanos, Runnable task) {
            var unused = pool.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void end(Duration timeout) {
            pool.shutdown();
            try {
                var unused = pool.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A thread on which a blocking call of the client would wait for itself. */
    final class StoreWorker extends Thread implements NonBlockingThread {

        private StoreWorker(Runnable task, String name) {
            super(task, name);
            setDaemon(true);
        }
    }
}
