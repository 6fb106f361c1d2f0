package io.holdfast.ha.internal.client;

import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** How one publish that finds no room comes by some, or is refused. Confined to the line's lock. */
final class PublishRoom {

    private final PublishLine line;
    private final StoreFullPolicy policy;
    private final Deadline deadline;
    private final List<StoredPublish> dropped = new ArrayList<>();

    /** A search that begins now; it does not wait where that is not allowed. */
    PublishRoom(PublishLine line, StoreFullPolicy policy, Duration timeout, BlockingGuard guard) {
        this.line = line;
        this.policy = policy;
        boolean waits = policy == StoreFullPolicy.BLOCK && guard.mayBlock();
        this.deadline = Deadline.after(waits ? timeout : Duration.ZERO);
    }

    /** What was given up for it, still to be told. */
    List<StoredPublish> dropped() {
        return dropped;
    }

    /**
     * The store is full: makes a little room, or waits for a change.
     *
     * @throws BackPressureException if there is no room to be had
     */
    void inStore() {
        StoredPublish oldest =
                policy == StoreFullPolicy.DROP_OLDEST ? line.store().takeOldest() : null;
        if (oldest == null) {
            await(storeFull());
        } else {
            dropped.add(oldest);
        }
    }

    /**
     * The line takes nothing: waits for a change.
     *
     * @throws BackPressureException if the deadline has passed
     */
    void onLine() {
        await(lineFull());
    }

    private void await(BackPressureException full) {
        long nanos = deadline.remainingNanos();
        if (nanos == 0) {
            throw full;
        }
        try {
            line.awaitChange(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled =
                    new CancellationException("interrupted while waiting for room to publish");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    private BackPressureException storeFull() {
        PublishStore store = line.store();
        return new BackPressureException(
                store.isFullByCount() ? "publish store (messages)" : "publish store (bytes)",
                store.isFullByCount()
                        ? store.bounds().maxMessages()
                        : store.bounds().maxBytes(),
                "more is published than the broker confirms, or it is away; publish again later, or raise the store's"
                        + " bounds");
    }

    private BackPressureException lineFull() {
        return line.isWindowFull()
                ? new BackPressureException(
                        "in-flight window (publishes)",
                        line.mostUnacknowledged(),
                        "the broker confirms more slowly than this client publishes; publish again later, or raise"
                                + " Limits.publishesInFlight")
                : new BackPressureException(
                        "write queue (publishes in flight)",
                        line.store().unacknowledged(),
                        "the socket takes less than this client publishes; publish again later, or raise"
                                + " Limits.writeQueueBytes");
    }
}
