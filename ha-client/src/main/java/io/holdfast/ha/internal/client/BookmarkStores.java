package io.holdfast.ha.internal.client;

import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.identity.HeldName;
import io.holdfast.ha.internal.store.PublishStores;
import io.holdfast.ha.internal.store.bookmark.BookmarkStore;
import io.holdfast.ha.internal.store.bookmark.FileBookmarkStore;
import io.holdfast.ha.internal.store.bookmark.MemoryBookmarkStore;
import io.holdfast.ha.internal.store.bookmark.TendedBookmarkStore;
import io.holdfast.ha.store.BookmarkStoreOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the bookmark store of a client that is being built. */
public final class BookmarkStores {

    private static final Logger LOG = LoggerFactory.getLogger(BookmarkStores.class);

    private BookmarkStores() {}

    /**
     * Opens a store; {@code null} for none.
     *
     * @param held the client's name, with the folder in which its stores belong
     * @throws IllegalStateException if a file store has no folder
     * @throws io.holdfast.client.error.StoreException if its file cannot be had
     */
    public static @Nullable BookmarkStore open(
            BookmarkStoreOptions options, String clientName, @Nullable HeldName held) {
        return switch (options.kind()) {
            case NONE -> null;
            case MEMORY ->
                new MemoryBookmarkStore(id -> LOG.warn(
                        "HF-2404 subscription-forgotten client_name={} subscription={} most={}",
                        Untrusted.escape(clientName),
                        Untrusted.escape(id),
                        BookmarkStore.MOST_SUBSCRIPTIONS));
            case FILE ->
                new TendedBookmarkStore(
                        FileBookmarkStore.open(folder(options, held), clientName, options.sync()), clientName);
        };
    }

    private static Path folder(BookmarkStoreOptions options, @Nullable HeldName held) {
        Path chosen = options.folder();
        if (chosen != null) {
            return chosen;
        }
        Path own = held == null ? null : held.folder().orElse(null);
        if (own == null) {
            throw new IllegalStateException("bookmarkStore: a file needs a folder; give the client a kept identity, or"
                    + " name one with BookmarkStoreOptions.file().folder(..)");
        }
        return own.resolve("stores").resolve(PublishStores.BOOKMARK);
    }
}
