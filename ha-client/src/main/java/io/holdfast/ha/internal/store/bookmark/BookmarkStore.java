package io.holdfast.ha.internal.store.bookmark;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link AcknowledgedPoint} of each subscription id. Thread-safe.
 *
 * <p>A failure to write is told once, and again when it is over; meanwhile the points are kept in memory. The price of a
 * write that is lost is a message that comes again, never one that does not come.
 */
public interface BookmarkStore extends AutoCloseable {

    /** The most subscription ids that are remembered; the one used longest ago is forgotten for a further one. */
    int MOST_SUBSCRIPTIONS = 4_096;

    /**
     * Takes an id over: what an earlier holder of the id still tells changes nothing.
     *
     * @param startOver where the subscription begins anew, so that what is known of the id is forgotten; {@code null} to go on, or to
     *     begin at {@link Bookmark#EPOCH} if nothing is known
     */
    Progress open(SubscriptionId id, @Nullable Bookmark startOver);

    /** Makes durable what is not yet, and does what is due from time to time; called about once a second, by one thread. */
    void tend();

    /** Makes durable what can be, and ends. Idempotent. */
    @Override
    void close();

    /** One subscription's part. Thread-safe. */
    interface Progress {

        /** What is known now: a copy. */
        AcknowledgedPoint point();

        /** Adds acknowledgements; when this returns they survive the process, if the store is one that does. */
        void apply(Moves moves);
    }
}
