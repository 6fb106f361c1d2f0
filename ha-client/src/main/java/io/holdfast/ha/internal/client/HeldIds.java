package io.holdfast.ha.internal.client;

import io.holdfast.client.message.SubscriptionId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Ids that are not free although nobody has them: the broker has, or may get, a subscription under such an id that is not wanted any more.
 * Entered before that one is gone, the next subscription under the id would receive its messages, and count them as its own. Thread-safe;
 * holds no lock when a stage completes.
 */
final class HeldIds {

    private final Map<SubscriptionId, Hold> holds = new HashMap<>();

    private static final class Hold {
        private final CompletableFuture<Void> released = new CompletableFuture<>();
        private int times;
    }

    /** Holds an id once more. */
    synchronized void hold(SubscriptionId id) {
        holds.computeIfAbsent(id, absent -> new Hold()).times++;
    }

    /** Takes back one {@link #hold}; with the last one the id is free. */
    void release(SubscriptionId id) {
        CompletableFuture<Void> released = letGo(id);
        if (released != null) {
            released.complete(null);
        }
    }

    private synchronized @Nullable CompletableFuture<Void> letGo(SubscriptionId id) {
        Hold hold = holds.get(id);
        if (hold == null) {
            throw new IllegalStateException("id " + id + " is not held");
        }
        hold.times--;
        if (hold.times > 0) {
            return null;
        }
        holds.remove(id);
        return hold.released;
    }

    /** Completes when nothing holds the id that holds it now; on the thread that lets go of it. */
    synchronized CompletableFuture<Void> free(SubscriptionId id) {
        Hold hold = holds.get(id);
        return hold == null ? CompletableFuture.completedFuture(null) : hold.released;
    }
}
