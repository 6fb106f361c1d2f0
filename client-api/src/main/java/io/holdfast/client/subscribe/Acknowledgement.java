package io.holdfast.client.subscribe;

/**
 * When a message of a subscription with a bookmark counts as done with: an acknowledged message does not come again, in this
 * process or, with a durable bookmark store, in the next.
 */
public enum Acknowledgement {
    /** When its handler has returned, or thrown: then {@link io.holdfast.client.ClientListener#onHandlerError} was told. The default. */
    AUTO,
    /**
     * When the application says so by {@link Subscription#acknowledge}, in any order. What was delivered and never acknowledged comes
     * again when the subscription is made again from {@link io.holdfast.client.message.Bookmark#MOST_RECENT}, not after a mere loss of the
     * connection.
     */
    MANUAL
}
