package io.holdfast.ha.internal.store.bookmark;

import io.holdfast.client.error.Untrusted;
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

    private static final long MOST_MILLIS = 5_000;

    private final BookmarkStore store;
    private final String clientName;
    private final long mostMillis;
    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    /** Tends this store from now on; closes it when it is closed. */
    public TendedBookmarkStore(BookmarkStore store, String clientName) {
        this(store, clientName, MOST_MILLIS);
    }

    TendedBookmarkStore(BookmarkStore store, String clientName, long mostMillis) {
        this.store = store;
        this.clientName = clientName;
        this.mostMillis = mostMillis;
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "holdfast-bookmarks-" + clientName);
            made.setDaemon(true);
            thread = made;
            return made;
        });
        var unused = executor.scheduleWithFixedDelay(this::tend, 1, 1, TimeUnit.SECONDS);
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

    /** On the thread that tends it, and not beyond what a disk takes that answers; one that hangs is left to that thread. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // the folder is to be free when this returns
        executor.execute(this::closeStore);
        executor.shutdown(); // without an interrupt, which would close the file under a write
        try {
            if (!executor.awaitTermination(mostMillis, TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "HF-2407 bookmark-end-not-kept client_name={} detail=\"the disk does not answer\"",
                        Untrusted.escape(clientName));
                return;
            }
            Thread last = thread;
            if (last != null) {
                last.join(mostMillis);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // Nobody would see what a task throws.
    @SuppressWarnings("CatchingUnchecked")
    private void closeStore() {
        try {
            store.close();
        } catch (Throwable thrown) {
            LOG.error("HF-1015 internal-error detail=\"closing the bookmark store failed\"", thrown);
        }
    }
}
