package io.holdfast.client.subscribe;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A subscription that the broker accepted. Thread-safe. */
public interface Subscription {

    /** Its id, the same on every connection. */
    SubscriptionId id();

    /** What was asked for. */
    SubscribeRequest request();

    /** Whether messages can still arrive: not unsubscribed, not failed, and the client not closed. */
    boolean isActive();

    /** Messages that came for it so far, duplicates included. */
    long received();

    /**
     * Messages dropped so far because they had come before: what a broker replays after a reconnect, or has from another
     * replica. Always zero without a bookmark.
     */
    long duplicates();

    /** Messages given to the handler so far, those it threw on included. */
    long delivered();

    /**
     * Messages that {@link OverflowPolicy#DROP_OLDEST} or {@link OverflowPolicy#FAIL} dropped so far. What {@code DROP_OLDEST} drops counts
     * as acknowledged: it does not come again. What waits when {@code FAIL} or an unsubscribe ends the subscription does not.
     */
    long dropped();

    /** Messages waiting in the lane now. */
    int waiting();

    /**
     * Says that the message with this bookmark is done with; in any order, from any thread, also after a reconnect, and after
     * the subscription has ended until another is made under its id. With a file store it survives the process when this returns.
     *
     * @param bookmark of a message delivered by this subscription
     * @return whether that changed anything: false if it was acknowledged before or never delivered, or if there is no room to remember it, which was told
     * @throws IllegalStateException if the subscription was not made with {@link Acknowledgement#MANUAL}
     * @throws io.holdfast.client.error.ClientClosedException if the client is closed
     */
    boolean acknowledge(Bookmark bookmark);

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
