package io.holdfast.broker.internal.topic;

import io.holdfast.broker.internal.session.LogonIdentity;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.wire.HeaderWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions, and the routes that those make which do not follow the log. Routes are kept per topic until any subscription changes, for a bounded number of
 * topics. Confined to the broker's thread.
 */
public final class SubscriptionTable {

    private static final int MAX_CACHED_TOPICS = 1_024;
    private static final long MAX_CACHED_BYTES = 16 << 20;
    private static final Set<String> NO_EVENTS = Set.of("binary", "struct", "protobuf");

    private final HeaderWriter writer;
    private final Map<Session, Map<String, Subscription>> bySession = new LinkedHashMap<>();
    private final Map<String, Set<Subscription>> literals = new LinkedHashMap<>();
    private final Set<Subscription> patterns = new LinkedHashSet<>();
    private final Map<Session, Long> patternCosts = new HashMap<>();
    private final Map<String, List<Route>> routes = new LinkedHashMap<>();
    private Consumer<Subscription> replayRemoved = removed -> {};
    private long cachedBytes;

    /** An empty table; the writer makes the headers of the routes. */
    public SubscriptionTable(HeaderWriter writer) {
        this.writer = writer;
    }

    /** Sets who is told of a subscription that followed the log and is gone. */
    public void whenReplayRemoved(Consumer<Subscription> told) {
        replayRemoved = told;
    }

    int count(Session session) {
        Map<String, Subscription> own = bySession.get(session);
        return own == null ? 0 : own.size();
    }

    @Nullable
    Subscription find(Session session, String id) {
        Map<String, Subscription> own = bySession.get(session);
        return own == null ? null : own.get(id);
    }

    /** What a session's expressions cost together, but for that of the subscription with this id. */
    long patternCostBeside(Session session, String id) {
        Subscription same = find(session, id);
        return patternCosts.getOrDefault(session, 0L)
                - (same == null ? 0 : same.pattern().cost());
    }

    /** Enters a subscription in place of one with its id. */
    void enter(Subscription subscription) {
        remove(subscription.session(), subscription.id());
        bySession
                .computeIfAbsent(subscription.session(), s -> new LinkedHashMap<>())
                .put(subscription.id(), subscription);
        if (!subscription.pattern().isLiteral()) {
            patternCosts.merge(subscription.session(), subscription.pattern().cost(), Long::sum);
        }
        if (!subscription.replayed()) {
            route(subscription);
        }
    }

    private void route(Subscription subscription) {
        if (subscription.pattern().isLiteral()) {
            literals.computeIfAbsent(subscription.pattern().text(), t -> new LinkedHashSet<>())
                    .add(subscription);
        } else {
            patterns.add(subscription);
        }
        forgetRoutes();
    }

    /** Removes one subscription; {@code null} if it is not there. */
    @Nullable
    Subscription remove(Session session, String id) {
        Map<String, Subscription> own = bySession.get(session);
        Subscription removed = own == null ? null : own.remove(id);
        if (removed == null) {
            return null;
        }
        if (own != null && own.isEmpty()) {
            bySession.remove(session);
        }
        forget(removed);
        return removed;
    }

    /** Removes all subscriptions of a session and returns them, oldest first. */
    List<Subscription> removeAll(Session session) {
        Map<String, Subscription> own = bySession.remove(session);
        if (own == null) {
            return List.of();
        }
        own.values().forEach(this::forget);
        return List.copyOf(own.values());
    }

    /** Drops a session that ended; its subscriptions end with it. */
    public void leave(Session session) {
        removeAll(session);
    }

    /** The connections that want this topic, each once. */
    List<Route> routes(String topic) {
        List<Route> known = routes.get(topic);
        if (known != null) {
            return known;
        }
        if (routes.size() >= MAX_CACHED_TOPICS || cachedBytes >= MAX_CACHED_BYTES) {
            forgetRoutes();
        }
        List<Route> made = route(topic);
        routes.put(topic, made);
        made.forEach(route -> cachedBytes += route.bytes());
        return made;
    }

    private void forgetRoutes() {
        routes.clear();
        cachedBytes = 0;
    }

    private List<Route> route(String topic) {
        Map<Session, List<Subscription>> matching = new LinkedHashMap<>();
        for (Subscription subscription : literals.getOrDefault(topic, Set.of())) {
            matching.computeIfAbsent(subscription.session(), s -> new ArrayList<>())
                    .add(subscription);
        }
        for (Subscription subscription : patterns) {
            if (subscription.pattern().matches(topic)) {
                matching.computeIfAbsent(subscription.session(), s -> new ArrayList<>())
                        .add(subscription);
            }
        }
        List<Route> made = new ArrayList<>();
        matching.forEach((session, subscriptions) -> {
            if (!ReservedTopics.isReserved(topic) || takesEvents(session)) {
                made.add(new Route(topic, subscriptions, writer));
            }
        });
        return List.copyOf(made);
    }

    private static boolean takesEvents(Session session) {
        LogonIdentity who = session.identity();
        return who == null || who.messageType() == null || !NO_EVENTS.contains(who.messageType());
    }

    private void forget(Subscription removed) {
        if (!removed.pattern().isLiteral()) {
            patternCosts.computeIfPresent(removed.session(), (session, cost) -> {
                long left = cost - removed.pattern().cost();
                return left == 0 ? null : left;
            });
        }
        if (removed.replayed()) {
            replayRemoved.accept(removed);
        } else {
            unroute(removed);
        }
    }

    private void unroute(Subscription removed) {
        if (removed.pattern().isLiteral()) {
            Set<Subscription> same = literals.get(removed.pattern().text());
            if (same != null) {
                same.remove(removed);
                if (same.isEmpty()) {
                    literals.remove(removed.pattern().text());
                }
            }
        } else {
            patterns.remove(removed);
        }
        forgetRoutes();
    }
}
