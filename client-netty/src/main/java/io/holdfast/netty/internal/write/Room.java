package io.holdfast.netty.internal.write;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The bound of a write queue, and the stage of those who were refused. Counts everything between the caller and the
 * socket: what waits for a drain and what the channel has not written yet.
 *
 * <p>Not thread-safe: guarded by the lock of its {@link WriteQueue}, which completes the stages once the lock is free.
 */
final class Room {

    private static final int HAS_ROOM = -1;

    private final int bound;
    private long queued;
    /** The level to fall to before the refused may come again, {@link #HAS_ROOM} while nobody was refused. */
    private long resumeAt = HAS_ROOM;

    private @Nullable CompletableFuture<@Nullable Void> waiting;

    Room(int bound) {
        this.bound = bound;
    }

    int bound() {
        return bound;
    }

    boolean isEmpty() {
        return queued == 0;
    }

    /** Whether a frame may enter. An empty queue takes any: one frame may be larger than the whole bound. */
    boolean fits(long bytes) {
        return queued == 0 || queued + bytes <= bound;
    }

    void added(long bytes) {
        queued += bytes;
    }

    /**
     * A frame was refused. Room is announced at half of the bound, so that not every byte written wakes all who wait,
     * or lower if that would refuse the same frame again.
     */
    void refused(long bytes) {
        long level = Math.max(0, Math.min(bound / 2, bound - bytes));
        resumeAt = resumeAt == HAS_ROOM ? level : Math.min(resumeAt, level);
    }

    /** Bytes left; returns the stage to complete, if there is room again and somebody waits for it. */
    @Nullable
    CompletableFuture<@Nullable Void> removed(long bytes) {
        queued -= bytes;
        if (resumeAt == HAS_ROOM || queued > resumeAt) {
            return null;
        }
        resumeAt = HAS_ROOM;
        return takeWaiting();
    }

    /** The stage to wait on, or {@code null} if there is room. */
    @Nullable
    CompletableFuture<@Nullable Void> stage() {
        if (resumeAt == HAS_ROOM) {
            return null;
        }
        if (waiting == null) {
            waiting = new CompletableFuture<>();
        }
        return waiting;
    }

    @Nullable
    CompletableFuture<@Nullable Void> takeWaiting() {
        CompletableFuture<@Nullable Void> taken = waiting;
        waiting = null;
        return taken;
    }
}
