package io.holdfast.broker.internal.topic;

import io.holdfast.broker.internal.wire.Header;

/** The subscriptions that follow the log from a bookmark on, instead of being routed to. Called on the broker's thread. */
public interface BookmarkSubscriptions {

    /** Whether there is a log to follow. */
    boolean isAvailable();

    /**
     * Finds what a bookmark means.
     *
     * @throws BookmarkRefusal if it is none, or unknown, or there is no log
     */
    ReplayRange resolve(String bookmark, NotFound policy) throws BookmarkRefusal;

    /** Begins to deliver to a subscription; its command says which acks it wants. */
    void begin(Subscription subscription, ReplayRange range, Header command);

    /** Holds a subscription where it is, or lets it go on from there. */
    void pause(Subscription subscription, boolean on);

    /** Ends a subscription: nothing is delivered to it any more. */
    void end(Subscription subscription);

    /** Those of a broker without a log: none. */
    static BookmarkSubscriptions withoutLog() {
        return new BookmarkSubscriptions() {
            @Override
            public boolean isAvailable() {
                return false;
            }

            @Override
            public ReplayRange resolve(String bookmark, NotFound policy) throws BookmarkRefusal {
                throw new BookmarkRefusal("bookmark replay needs a transaction log");
            }

            @Override
            public void begin(Subscription subscription, ReplayRange range, Header command) {
                throw new IllegalStateException("no log");
            }

            @Override
            public void pause(Subscription subscription, boolean on) {
                throw new IllegalStateException("no log");
            }

            @Override
            public void end(Subscription subscription) {
                // there is none
            }
        };
    }
}
