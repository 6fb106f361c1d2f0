package io.holdfast.ha.internal.store.bookmark;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps points for the life of the client, so that a subscription that ended can go on under its id. Thread-safe. */
public final class MemoryBookmarkStore implements BookmarkStore {

    private final Object lock = new Object();
    private final KnownPoints known;

    /** A store, empty. {@code forgotten} is told the id of each that was dropped for want of room. */
    public MemoryBookmarkStore(Consumer<String> forgotten) {
        known = new KnownPoints(forgotten);
    }

    @Override
    public Progress open(SubscriptionId id, @Nullable Bookmark startOver) {
        synchronized (lock) {
            return new Part(known.takeOver(id.value(), startOver));
        }
    }

    @Override
    public void tend() {
        // nothing is due
    }

    @Override
    public void close() {
        // nothing is open
    }

    private final class Part implements Progress {

        private final KnownPoints.Owned owned;

        Part(KnownPoints.Owned owned) {
            this.owned = owned;
        }

        @Override
        public AcknowledgedPoint point() {
            synchronized (lock) {
                return owned.point().copy();
            }
        }

        @Override
        public void apply(Moves moves) {
            synchronized (lock) {
                if (owned.isCurrent()) {
                    owned.point().apply(moves);
                }
            }
        }
    }
}
