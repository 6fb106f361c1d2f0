package io.holdfast.ha.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One barrier: done when the broker has answered the flush command, and every publish up to a sequence is confirmed or
 * refused; failed by whatever fails first. Thread-safe.
 */
final class PublishFlush {

    private final long target;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final AtomicInteger missing = new AtomicInteger(2);

    /** A barrier behind the publish with this sequence. */
    PublishFlush(long target) {
        this.target = target;
    }

    long target() {
        return target;
    }

    /** One of the two conditions holds. To be called without a lock held. */
    void arrive() {
        if (missing.decrementAndGet() == 0) {
            result.complete(null);
        }
    }

    CompletableFuture<Void> result() {
        return result;
    }
}
