package io.holdfast.ha.internal.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The delivery executor of a client that was given none: a fixed pool, started by the first task.
 *
 * <p>At least two threads, so that a handler or listener that blocks leaves one for the others. Its queue needs no bound of
 * its own: a lane and the listener's dispatch have at most one task each in it.
 */
public final class DeliveryPool implements Executor {

    private static final int MOST_THREADS = 8;
    private static final int INTERRUPT_GRACE_MILLIS = 50;

    private final ThreadPoolExecutor threads;
    private final List<Thread> started = new CopyOnWriteArrayList<>();

    /** A pool for the client of this name. */
    public DeliveryPool(String clientName) {
        AtomicInteger number = new AtomicInteger();
        int size = Math.max(2, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
        threads = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "holdfast-lane-" + clientName + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            started.removeIf(ended -> ended.getState() == Thread.State.TERMINATED);
            started.add(thread);
            return thread;
        });
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Takes no further task; those it has are run. */
    void shutdown() {
        threads.shutdown();
    }

    /**
     * Waits for the tasks to end; those that have not by then are interrupted, and those that
     * have not begun are run here.
     *
     * @return whether all threads have ended
     */
    boolean awaitEnd(long nanos) throws InterruptedException {
        if (!threads.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
            // Lanes have ended by now: what no thread was free for is what the listener has yet to be told.
            threads.shutdownNow().forEach(Runnable::run);
            if (!threads.awaitTermination(INTERRUPT_GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        for (Thread thread : started) {
            thread.join(); // the pool says so a moment before its last thread has gone
        }
        return true;
    }
}
