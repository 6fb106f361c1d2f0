package io.holdfast.samples.publish;

import io.holdfast.client.error.PublishRefusedException;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.samples.cli.ErrorReport;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Counts what became of each publish. Thread-safe: outcomes come on the connection's thread.
 *
 * <p>It keeps counters and the first failure, nothing per message.
 */
final class PublishTally {

    private final AtomicLong published = new AtomicLong();
    private final AtomicLong confirmed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();

    /** Counts this publish now, and its outcome when it is known. */
    void watch(PublishResult result) {
        published.incrementAndGet();
        var unused = result.persisted().whenComplete(this::outcome);
    }

    private void outcome(@Nullable SequenceNumber sequence, @Nullable Throwable failure) {
        if (failure == null) {
            confirmed.incrementAndGet();
        } else {
            Throwable cause = ErrorReport.unwrap(failure);
            if (cause instanceof PublishRefusedException) {
                refused.incrementAndGet();
            }
            firstFailure.compareAndSet(null, cause);
        }
    }

    /** Messages sent. */
    long published() {
        return published.get();
    }

    /** Messages that the broker said are durable. */
    long confirmed() {
        return confirmed.get();
    }

    /** Messages that the broker said no to. */
    long refused() {
        return refused.get();
    }

    /** The first failure: a refusal, or the end of the connection. */
    @Nullable
    Throwable firstFailure() {
        return firstFailure.get();
    }

    /** The line printed at the end. */
    String summary(Duration elapsed) {
        long unknown = published() - confirmed() - refused();
        return String.format(
                Locale.ROOT,
                "published %d, confirmed %d, refused %d%s in %.3f s",
                published(),
                confirmed(),
                refused(),
                unknown == 0 ? "" : ", unconfirmed " + unknown,
                elapsed.toNanos() / 1e9);
    }
}
