package io.holdfast.ha.internal.store;

import io.holdfast.client.spi.NonBlockingThread;
import io.holdfast.client.spi.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of a file store: one for what no caller should do, and one that waits for the disk. */
public interface StoreThread extends Executor {

    /** Runs what waits for the disk, one after another and beside the rest, so that a disk that hangs holds up nothing else. */
    void onDisk(Runnable task);

    /** Runs something later. */
    void after(long nanos, Runnable task);

    /**
     * Ends it, when what was to be done at once is done; what was to be done later is left out, and a disk that hangs is not
     * waited for.
     */
    void end(Duration timeout);

    /** Daemon threads of its own. */
    static StoreThread start(String clientName) {
        return new Owned(clientName);
    }

    /** One that is borrowed, and does not end with the store; whoever waits for the disk asks it himself. */
    static StoreThread borrowed(Executor executor, Scheduler scheduler) {
        return new StoreThread() {
            @Override
            public void execute(Runnable task) {
                executor.execute(task);
            }

            @Override
            public void onDisk(Runnable task) {
                task.run();
            }

            @Override
            public void after(long nanos, Runnable task) {
                scheduler.schedule(nanos, task);
            }

            @Override
            public void end(Duration timeout) {
                // it is somebody else's
            }
        };
    }

    /** The real one. */
    final class Owned implements StoreThread {

        private static final Logger LOG = LoggerFactory.getLogger(StoreThread.class);

        private final ScheduledThreadPoolExecutor pool;
        private final ThreadPoolExecutor disk;

        private Owned(String clientName) {
            disk = new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.NANOSECONDS,
                    new LinkedBlockingQueue<>(),
                    task -> new StoreWorker(task, "holdfast-disk-" + clientName));
            pool = new ScheduledThreadPoolExecutor(1, task -> new StoreWorker(task, "holdfast-store-" + clientName));
            pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            pool.setRemoveOnCancelPolicy(true);
        }

        @Override
        public void execute(Runnable task) {
            pool.execute(told(task));
        }

        @Override
        public void onDisk(Runnable task) {
            disk.execute(told(task));
        }

        @Override
        public void after(long nanos, Runnable task) {
            try {
                var unused = pool.schedule(told(task), nanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // It has ended, and closing the store does at once what would have been done later.
            }
        }

        /** The pool would keep to itself what a task throws. */
        @SuppressWarnings("CatchingUnchecked") // whatever it is
        private static Runnable told(Runnable task) {
            return () -> {
                try {
                    task.run();
                } catch (Throwable e) {
                    LOG.error("HF-1015 internal-error detail=\"a task of a store's thread failed\"", e);
                }
            };
        }

        @Override
        public void end(Duration timeout) {
            pool.shutdown();
            disk.shutdown();
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
