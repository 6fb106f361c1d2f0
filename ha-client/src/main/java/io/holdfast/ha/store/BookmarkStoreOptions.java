package io.holdfast.ha.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a client keeps how far its subscriptions have been acknowledged, for {@link io.holdfast.client.message.Bookmark#MOST_RECENT}.
 * Immutable; made by {@link #none()}, {@link #memory()} or {@link #file()}, and changed by the withers.
 *
 * @param kind where
 * @param sync when a file store is made durable
 * @param folder of a file store; {@code null} for {@code stores/bookmark} in the folder of the client's held name
 * @param maxUnacknowledged the most messages of one subscription with {@code MANUAL} acknowledgement
 *     that may wait for their acknowledgement, or for that of one before them; default 100,000. What comes beyond that is
 *     delivered, but whether it was acknowledged is not remembered, which is told once
 */
public record BookmarkStoreOptions(
        Kind kind, Sync sync, @Nullable Path folder, int maxUnacknowledged) {

    private static final int MOST_UNACKNOWLEDGED = 10_000_000;

    /** Validates the ranges. */
    public BookmarkStoreOptions {
        requireNonNull(kind, "kind");
        requireNonNull(sync, "sync");
        if (maxUnacknowledged < 1 || maxUnacknowledged > MOST_UNACKNOWLEDGED) {
            throw new IllegalArgumentException(
                    "maxUnacknowledged is 1.." + MOST_UNACKNOWLEDGED + ", not " + maxUnacknowledged);
        }
    }

    /**
     * Kept nowhere but in the subscription itself: it survives a lost connection; one made anew under its id starts at the
     * beginning of the log.
     */
    public static BookmarkStoreOptions none() {
        return of(Kind.NONE);
    }

    /** Kept in memory: a subscription made anew under its id goes on; another process starts at the beginning of the log. */
    public static BookmarkStoreOptions memory() {
        return of(Kind.MEMORY);
    }

    /** Kept in a file: survives the process too. */
    public static BookmarkStoreOptions file() {
        return of(Kind.FILE);
    }

    private static BookmarkStoreOptions of(Kind kind) {
        return new BookmarkStoreOptions(kind, Sync.INTERVAL, null, 100_000);
    }

    /** These, made durable so. */
    public BookmarkStoreOptions sync(Sync value) {
        return new BookmarkStoreOptions(kind, value, folder, maxUnacknowledged);
    }

    /** These in this folder, which must be this client's alone. */
    public BookmarkStoreOptions folder(Path value) {
        return new BookmarkStoreOptions(kind, sync, requireNonNull(value), maxUnacknowledged);
    }

    /** These with another bound on what is unacknowledged. */
    public BookmarkStoreOptions maxUnacknowledged(int value) {
        return new BookmarkStoreOptions(kind, sync, folder, value);
    }

    /** Where acknowledgements are kept. The key {@code holdfast.bookmark.store}. */
    public enum Kind {
        /** Nowhere. */
        NONE,
        /** In this process. */
        MEMORY,
        /** In a file. */
        FILE
    }

    /**
     * What a power failure costs. Whatever it is, the death of the process loses no acknowledgement; and what is lost is an acknowledgement,
     * so that a message comes again, never a message.
     */
    public enum Sync {
        /** Nothing: each acknowledgement waits for the disk. Slow, above all with {@code AUTO} acknowledgement. */
        ALWAYS,
        /** The acknowledgements of the last second. The default. */
        INTERVAL,
        /** What the operating system had not written by itself. */
        NEVER
    }
}
