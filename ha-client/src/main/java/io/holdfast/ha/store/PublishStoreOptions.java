package io.holdfast.ha.store;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a client keeps what it has published until the broker confirms it. Immutable; made by {@link #none()},
 * {@link #memory()} or {@link #file()}, and changed by the withers.
 *
 * @param kind where
 * @param maxMessages the most messages stored; default 100,000. The store {@code none} is bounded by
 *     {@link io.holdfast.client.Limits#publishesInFlight()} instead
 * @param maxBytes the most bytes stored, 64 for each message beside body and topic; default 64 MiB. One message may exceed it
 * @param sync when a file store is made durable
 * @param folder of a file store; {@code null} for {@code stores/publish} in the folder of the client's held name
 * @param segmentBytes the size at which a file store begins its next file, 4 KiB to 1 GiB; default 8 MiB. Each file that
 *     holds something unconfirmed is kept open
 */
public record PublishStoreOptions(
        Kind kind,
        int maxMessages,
        long maxBytes,
        Sync sync,
        @Nullable Path folder,
        int segmentBytes) {

    private static final int LEAST_SEGMENT = 4 << 10;
    private static final int MOST_SEGMENT = 1 << 30;

    /** Validates the ranges. */
    public PublishStoreOptions {
        requireNonNull(kind, "kind");
        requireNonNull(sync, "sync");
        if (maxMessages < 1) {
            throw new IllegalArgumentException("maxMessages is 1 or more, not " + maxMessages);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes is 1 or more, not " + maxBytes);
        }
        if (segmentBytes < LEAST_SEGMENT || segmentBytes > MOST_SEGMENT) {
            throw new IllegalArgumentException(
                    "segmentBytes is " + LEAST_SEGMENT + ".." + MOST_SEGMENT + ", not " + segmentBytes);
        }
    }

    /**
     * No store: a message that is not confirmed when its connection ends has an unknown fate, and while there is no
     * connection nothing can be published.
     */
    public static PublishStoreOptions none() {
        return of(Kind.NONE);
    }

    /** Kept in memory: survives the connection, not the process. */
    public static PublishStoreOptions memory() {
        return of(Kind.MEMORY);
    }

    /** Kept in files: survives the process too, and with {@link Sync#ALWAYS} the machine. */
    public static PublishStoreOptions file() {
        return of(Kind.FILE);
    }

    private static PublishStoreOptions of(Kind kind) {
        return new PublishStoreOptions(kind, 100_000, 64L << 20, Sync.INTERVAL, null, 8 << 20);
    }

    /** These with other bounds. */
    public PublishStoreOptions bounds(int messages, long bytes) {
        return new PublishStoreOptions(kind, messages, bytes, sync, folder, segmentBytes);
    }

    /** These, made durable so. */
    public PublishStoreOptions sync(Sync value) {
        return new PublishStoreOptions(kind, maxMessages, maxBytes, value, folder, segmentBytes);
    }

    /** These in this folder, which must be this client's alone. */
    public PublishStoreOptions folder(Path value) {
        return new PublishStoreOptions(kind, maxMessages, maxBytes, sync, requireNonNull(value), segmentBytes);
    }

    /** These with files of this size. */
    public PublishStoreOptions segmentBytes(int value) {
        return new PublishStoreOptions(kind, maxMessages, maxBytes, sync, folder, value);
    }

    /** Where messages are kept. The key {@code holdfast.publish.store}. */
    public enum Kind {
        /** Nowhere. */
        NONE,
        /** In this process. */
        MEMORY,
        /** In files. */
        FILE
    }

    /**
     * What {@code publish} promises when it returns. The key {@code holdfast.publish.sync}. Whatever it is, the death of the
     * process loses nothing that {@code publish} had returned for.
     */
    public enum Sync {
        /** The message survives a power failure: {@code publish} waits for the disk, concurrent calls for one write of it. */
        ALWAYS,
        /** A power failure may lose the messages of the last second. The default. */
        INTERVAL,
        /** A power failure may lose what the operating system had not written by itself. */
        NEVER
    }
}
