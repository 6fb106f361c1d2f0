package io.holdfast.ha.internal.client;

import io.holdfast.ha.internal.driver.Margin;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The blocking forms: wait for the stage of the other form, on the caller's thread, which {@link BlockingGuard} has let
 * through.
 */
final class Await {

    private Await() {}

    /**
     * The deadline to give to whoever does the work, when the caller waits for {@code timeout}: a little less, so that its
     * answer, which knows what went wrong, is there before the wait ends.
     */
    static Duration inner(Duration timeout) {
        return Margin.inner(Nanos.of(timeout));
    }

    /**
     * Waits for {@code work}. When time is up, or the thread is interrupted, the work itself is failed, so that whoever does
     * it cleans up; an answer that is there by then is taken all the same, or nobody would own what it brings.
     *
     * @param late what to fail with when time is up
     * @throws CancellationException if interrupted before the answer; the interrupt flag is set, in any case
     */
    static <T> T get(CompletableFuture<T> work, Duration timeout, Supplier<? extends RuntimeException> late) {
        try {
            return work.get(Nanos.of(timeout), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            work.completeExceptionally(late.get());
            return settled(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while waiting");
            cancelled.initCause(e);
            work.completeExceptionally(cancelled);
            return settled(work);
        } catch (ExecutionException e) {
            throw rethrow(Outcome.cause(e));
        }
    }

    private static <T> T settled(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw rethrow(Outcome.failure(e));
        }
    }

    private static RuntimeException rethrow(Throwable failure) {
        if (failure instanceof RuntimeException known) {
            return known;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a transport failed with a checked exception", failure);
    }
}
