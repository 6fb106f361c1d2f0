package io.holdfast.client.subscribe;

import io.holdfast.client.message.SubscriptionId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A subscription that the broker accepted. Thread-safe. */
public interface Subscription {

    /** Its id on the connection. */
    SubscriptionId id();

    /** What was asked for. */
    SubscribeRequest request();

    /** Whether messages can still arrive: not unsubscribed, not failed, and the client not closed. */
    boolean isActive();

    /** Messages given to the handler so far, those it threw on included. */
    long delivered();

    /** Messages that {@link OverflowPolicy#DROP_OLDEST} or {@link OverflowPolicy#FAIL} dropped so far. */
    long dropped();

    /** Messages waiting in the lane now. */
    int waiting();

    /**
     * Ends the subscription without blocking. Messages that wait in the lane are dropped; once the stage has completed, no
     * further call of the handler starts. The stage also waits for a call that runs, within the command's deadline, unless
     * it is asked for from within that call.
     */
    CompletionStage<Void> unsubscribeAsync();

    /**
     * Ends the subscription and waits for the broker's answer.
     *
     * @throws io.holdfast.client.error.MessagingException as {@link io.holdfast.client.Client#flush} does
     */
    void unsubscribe(Duration timeout);
}
