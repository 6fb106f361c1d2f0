package io.holdfast.client.spi;

/**
 * Runs something later: where every timer of a client comes from, so that a test supplies it. Thread-safe.
 *
 * <p>Tasks are short and never block. In production this is the client's own thread.
 */
public interface Scheduler {

    /**
     * Runs {@code task} once, no sooner than {@code delayNanos} from now, unless it is cancelled first.
     *
     * @param delayNanos zero or more; {@link Long#MAX_VALUE} is allowed
     */
    Cancellable schedule(long delayNanos, Runnable task);

    /** Something scheduled. */
    @FunctionalInterface
    interface Cancellable {

        /** Takes it back; without effect once it runs. Idempotent, from any thread. */
        void cancel();
    }
}
