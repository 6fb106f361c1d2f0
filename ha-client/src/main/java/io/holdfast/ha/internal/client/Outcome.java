package io.holdfast.ha.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of a stage, for those who go on from there. */
final class Outcome {

    private static final Logger LOG = LoggerFactory.getLogger(Outcome.class);

    private Outcome() {}

    /**
     * Calls {@code then} with the value or the failure once there is one, on the thread that brings it. A stage would keep
     * what {@code then} throws to itself: here it is logged.
     */
    static <T extends @Nullable Object> void of(
            CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        stage.whenComplete((value, error) -> {
            try {
                then.accept(value, error == null ? null : failure(error));
            } catch (RuntimeException | Error e) {
                LOG.error("HF-1015 internal-error detail=\"going on from a stage failed\"", e);
            }
        });
    }

    /** Passes the outcome of one stage on to another, which may have one already. */
    static <T extends @Nullable Object> void pass(CompletionStage<T> from, CompletableFuture<T> to) {
        from.whenComplete((value, error) -> {
            if (error == null) {
                to.complete(value);
            } else {
                to.completeExceptionally(failure(error));
            }
        });
    }

    /** The failure itself, without the wrapping that dependent stages add. */
    static Throwable failure(Throwable error) {
        return error instanceof CompletionException ? cause(error) : error;
    }

    /** What is wrapped, or the wrapping if nothing is. */
    static Throwable cause(Throwable wrapping) {
        Throwable cause = wrapping.getCause();
        return cause == null ? wrapping : cause;
    }
}
