package io.holdfast.client.subscribe;

/** What a lane does that holds as many messages or bytes as it may. */
public enum OverflowPolicy {
    /**
     * Stop reading from the socket until half of the lane is free: nothing is lost, the broker sees a slow client, and every
     * other subscription of the connection waits too. The default.
     */
    PAUSE,
    /** Drop the oldest message waiting, which counts as acknowledged; {@link Subscription#dropped()} counts. */
    DROP_OLDEST,
    /**
     * End this subscription: it is unsubscribed, what waits is dropped, and
     * {@link io.holdfast.client.ClientListener#onSubscriptionFailed} is told. The others go on.
     */
    FAIL
}
