package io.holdfast.ha.internal.client;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.subscribe.FailedResubscribeHandler;
import io.holdfast.ha.internal.store.bookmark.BookmarkStore;
import io.holdfast.ha.internal.store.bookmark.MemoryBookmarkStore;
import org.jspecify.annotations.Nullable;

/**
 * How a client subscribes.
 *
 * @param store where acknowledgements are kept, closed with the client; {@code null} for nowhere
 * @param maxUnacknowledged the most messages of one subscription that wait to be acknowledged by hand
 * @param defaultStart where subscriptions start that do not say; {@code null} for live ones
 * @param failedResubscribe asked about what is refused after a reconnect
 */
public record SubscribeSetup(
        @Nullable BookmarkStore store,
        int maxUnacknowledged,
        @Nullable Bookmark defaultStart,
        FailedResubscribeHandler failedResubscribe) {

    private static final int MOST_UNACKNOWLEDGED = 100_000;

    /** A store in memory, and the defaults. */
    public static SubscribeSetup inMemory() {
        return with(new MemoryBookmarkStore(id -> {}));
    }

    /** This store, and the defaults. */
    public static SubscribeSetup with(@Nullable BookmarkStore store) {
        return new SubscribeSetup(store, MOST_UNACKNOWLEDGED, null, FailedResubscribeHandler.DROP_ALL);
    }

    /** Closes the store; acknowledgements that come later are not kept. */
    public void close() {
        if (store != null) {
            store.close();
        }
    }

    /** These with another handler of refusals. */
    public SubscribeSetup withFailedResubscribe(FailedResubscribeHandler value) {
        return new SubscribeSetup(store, maxUnacknowledged, defaultStart, value);
    }

    /** These with another start for subscriptions that do not say. */
    public SubscribeSetup withDefaultStart(@Nullable Bookmark value) {
        return new SubscribeSetup(store, maxUnacknowledged, value, failedResubscribe);
    }
}
