package io.holdfast.samples.demo.collision;

import io.holdfast.samples.cli.CommandFailure;
import io.holdfast.samples.cli.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that was seen, in the order in which it was told; whoever waits for something is woken by it. Thread-safe. */
final class Sightings {

    /** Far more than any run that settles. */
    static final int MOST = 10_000;

    private final List<Sighting> seen = new ArrayList<>();
    private @Nullable CommandFailure failure;

    /** Adds one. */
    synchronized void add(Sighting sighting) {
        if (seen.size() == MOST) {
            fail(new CommandFailure(ExitCode.UNEXPECTED, "more than " + MOST + " events: this does not settle"));
            return;
        }
        seen.add(sighting);
        notifyAll();
    }

    /** Nothing more will come of it: whoever waits is told so. The first failure counts. */
    synchronized void fail(CommandFailure why) {
        if (failure == null) {
            failure = why;
        }
        notifyAll();
    }

    /** What was seen so far. */
    synchronized List<Sighting> all() {
        return List.copyOf(seen);
    }

    /**
     * Waits until {@code finding} finds something in all that was seen.
     *
     * @param what what is waited for, in the words of the failure
     * @throws CommandFailure if it is not found in time, or {@link #fail} was called
     */
    synchronized <T> T await(String what, Duration most, Function<List<Sighting>, Optional<T>> finding)
            throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (true) {
            if (failure != null) {
                throw failure;
            }
            Optional<T> found = finding.apply(List.copyOf(seen));
            if (found.isPresent()) {
                return found.get();
            }
            if (!waitUntil(deadline)) {
                throw new CommandFailure(ExitCode.TIMEOUT, what + " did not come in time");
            }
        }
    }

    /** Whether nothing that the broker tells happens for so long. */
    synchronized boolean isQuietFor(Duration time) throws InterruptedException {
        long before = told();
        long deadline = System.nanoTime() + time.toNanos();
        while (told() == before && failure == null) {
            if (!waitUntil(deadline)) {
                return true;
            }
        }
        return false;
    }

    private long told() {
        return seen.stream().filter(each -> each.what().isTheBrokers()).count();
    }

    private boolean waitUntil(long deadlineNanos) throws InterruptedException {
        long left = deadlineNanos - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        return true;
    }
}
