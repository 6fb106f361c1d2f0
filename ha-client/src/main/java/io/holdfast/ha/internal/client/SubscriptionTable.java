package io.holdfast.ha.internal.client;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions by their ids, with a version that moves after each change, so that the {@link Router} knows when what
 * it remembers is out of date. Thread-safe.
 */
final class SubscriptionTable {

    private final ConcurrentMap<String, HaSubscription> byId = new ConcurrentHashMap<>();
    private volatile int version;

    /** Enters a subscription, unless it is there already; false if its id is another's. */
    boolean add(HaSubscription subscription) {
        HaSubscription there = byId.putIfAbsent(subscription.id().value(), subscription);
        if (there == null) {
            changed();
        }
        return there == null || there == subscription;
    }

    /** Removes it, unless its id has gone to another by now. */
    void remove(HaSubscription subscription) {
        if (byId.remove(subscription.id().value(), subscription)) {
            changed();
        }
    }

    @Nullable
    HaSubscription find(String id) {
        return byId.get(id);
    }

    Collection<HaSubscription> all() {
        return List.copyOf(byId.values());
    }

    /** A number that differs after a change. */
    int version() {
        return version;
    }

    private synchronized void changed() {
        version++;
    }
}
