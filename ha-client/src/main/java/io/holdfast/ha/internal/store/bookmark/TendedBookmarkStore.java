package io.holdfast.ha.internal.store.bookmark;

import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.SubscriptionId;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store with a thread of its own that tends it once a second, {@code holdfast-bookmarks-<client>}. Thread-safe. */
public final class TendedBookmarkStore implements BookmarkStore {

    private static final Logger LOG = LoggerFactory.getLogger(TendedBookmarkStore.class);

    private final BookmarkStore store;
    private final ScheduledThreadPoolExecutor thread;

    /** Tends this store from now on; closes it when it is closed. */
    public TendedBookmarkStore(BookmarkStore store, String clientName) {
        this.store = store;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "holdfast-bookmarks-" + clientName);
            made.setDaemon(true);
            return made;
        });
        var unused = thread.scheduleWithFixedDelay(this::tend, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public Progress open(SubscriptionId id, @Nullable Bookmark startOver) {
        return store.open(id, startOver);
    }

    // A task that throws is not called again: what it threw, errors included, is logged in its place.
    @SuppressWarnings("CatchingUnchecked")
    @Override
    public void tend() {
        try {
            store.tend();
        } catch (Throwable thrown) {
            LOG.error("HF-1015 internal-error detail=\"tending the bookmark store failed\"", thrown);
        }
    }

    @Override
    public void close() {
        thread.shutdown(); // without an interrupt, which would close the file under a write
        store.close();
    }
}
