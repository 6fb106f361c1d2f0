package io.holdfast.it.ha;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Publishes the counters of some {@link Traffic} at a rate, on a thread of its own. What it is late with it catches up with. */
final class SteadyPublisher {

    private final Traffic traffic;
    private final long intervalNanos;
    private final CompletableFuture<Double> end = new CompletableFuture<>();

    private volatile boolean stopped;

    private SteadyPublisher(Traffic traffic, int perSecond) {
        this.traffic = traffic;
        this.intervalNanos = Duration.ofSeconds(1).toNanos() / perSecond;
    }

    static SteadyPublisher start(Traffic traffic, int perSecond) {
        SteadyPublisher publisher = new SteadyPublisher(traffic, perSecond);
        Thread thread = new Thread(publisher::run, "steady-publisher");
        thread.setDaemon(true);
        thread.start();
        return publisher;
    }

    /** Stops it, and returns the rate that it reached. */
    double stop() throws InterruptedException, TimeoutException {
        stopped = true;
        try {
            return end.get(Traffic.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new CompletionException("publishing failed; " + traffic, e.getCause());
        }
    }

    private void run() {
        long start = System.nanoTime();
        try {
            long due = start;
            while (!stopped) {
                long early = due - System.nanoTime();
                if (early > 0) {
                    LockSupport.parkNanos(early);
                } else if (traffic.offer()) {
                    due += intervalNanos;
                }
            }
            end.complete(traffic.published() * 1e9 / (System.nanoTime() - start));
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }
}
