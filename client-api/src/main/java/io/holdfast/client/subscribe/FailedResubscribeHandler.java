package io.holdfast.client.subscribe;

import io.holdfast.client.error.MessagingException;

/**
 * Asked what to do when the broker refuses, after a reconnect, a subscription that it had accepted before. The other
 * subscriptions go on in any case.
 *
 * <p>Called on a thread of the client's delivery executor, while the session waits for its answer, for at most
 * {@link io.holdfast.client.Timeouts#command()}: no answer by then, {@code null}, or an exception counts as {@link Decision#DROP}. What it
 * throws is told to {@link io.holdfast.client.ClientListener#onHandlerError}.
 */
@FunctionalInterface
public interface FailedResubscribeHandler {

    /** {@link Decision#DROP} for each. */
    FailedResubscribeHandler DROP_ALL = (subscription, refusal) -> Decision.DROP;

    /** Decides about one refused subscription. */
    Decision onRefused(Subscription subscription, MessagingException refusal);

    /** What becomes of it. */
    enum Decision {
        /** Let it rest, active and without messages, and enter it again at the next session. */
        KEEP,
        /** End it; {@link io.holdfast.client.ClientListener#onSubscriptionFailed} is told. */
        DROP,
        /** Give the session up: the client disconnects and tries the next server after its back-off. */
        FAIL
    }
}
