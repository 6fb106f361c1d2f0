package io.holdfast.samples;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into a stage that a command can watch, and holds the process up until the command has ended.
 *
 * <p>The virtual machine exits with 128 plus the signal's number afterwards, whatever the command returns.
 */
final class StopSignal {

    private final CompletableFuture<Void> stop;
    private final long mostSeconds;
    private final CountDownLatch finished = new CountDownLatch(1);

    private StopSignal(CompletableFuture<Void> stop, long mostSeconds) {
        this.stop = stop;
        this.mostSeconds = mostSeconds;
    }

    /** Completes {@code stop} when the process is asked to end, and then waits for {@link #finished()}, but not for ever. */
    static StopSignal install(CompletableFuture<Void> stop, long mostSeconds) {
        StopSignal signal = new StopSignal(stop, mostSeconds);
        Runtime.getRuntime().addShutdownHook(new Thread(signal::await, "holdfast-stop"));
        return signal;
    }

    /** The command has ended: the process may too. */
    void finished() {
        finished.countDown();
    }

    private void await() {
        stop.complete(null);
        try {
            boolean unused = finished.await(mostSeconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
