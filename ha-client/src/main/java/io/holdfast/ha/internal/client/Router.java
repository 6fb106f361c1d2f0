package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.InboundSink;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a connection delivers to the subscriptions it is for, and publish acks to the publisher.
 *
 * <p>A broker sends the same few id lists again and again, so the subscriptions of each are looked up once and remembered by the
 * list's text until subscriptions change; routing allocates nothing. Ids nobody subscribed to, such as those of a
 * subscription just ended, are dropped and counted. On the connection's thread.
 */
final class Router implements InboundSink {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    /** Bounds on what is remembered: a broker chooses these texts. */
    private static final int MOST_ROUTES = 1_024;

    private static final int MOST_ROUTE_LENGTH = 4_096;

    private final SubscriptionTable table;
    private final Publisher publisher;
    private final AtomicLong unknown = new AtomicLong();
    private volatile @Nullable Connection connection;

    /** Confined to the connection's thread. */
    private final Map<String, Route> routes = new HashMap<>();

    private int routesVersion;

    /** Where one list of ids leads: those that are known, and how many are not. */
    private static final class Route {

        private final HaSubscription[] subscriptions;
        private final int unknown;

        private Route(HaSubscription[] subscriptions, int unknown) {
            this.subscriptions = subscriptions;
            this.unknown = unknown;
        }
    }

    Router(SubscriptionTable table, Publisher publisher) {
        this.table = table;
        this.publisher = publisher;
    }

    /** What is delivered from now on comes from this connection, whose reads a full lane pauses. */
    void attach(Connection current) {
        connection = current;
    }

    @Override
    public void onMessage(Message message) {
        Connection from = connection;
        if (from == null) {
            throw new IllegalStateException("a message came before its connection was announced");
        }
        Route route = route(message.subscriptionIds());
        for (HaSubscription subscription : route.subscriptions) {
            Intake intake = subscription.intake();
            if (intake != null) {
                intake.take(message, from);
            }
        }
        if (route.unknown > 0) {
            unknown.addAndGet(route.unknown);
            if (LOG.isDebugEnabled()) {
                LOG.debug("no subscription for subscription_ids={}", Untrusted.escape(message.subscriptionIds()));
            }
        }
    }

    @Override
    public void onPublishAck(Ack ack) {
        publisher.onAck(ack);
    }

    /** Ids so far that came with messages and led nowhere. */
    long unknown() {
        return unknown.get();
    }

    /** How many id lists are remembered. */
    int remembered() {
        return routes.size();
    }

    private Route route(String ids) {
        int version = table.version();
        if (version != routesVersion) {
            routes.clear();
            routesVersion = version;
        }
        Route route = routes.get(ids);
        if (route == null) {
            route = resolve(ids);
            remember(ids, route);
        }
        return route;
    }

    private void remember(String ids, Route route) {
        if (ids.length() > MOST_ROUTE_LENGTH) {
            return;
        }
        if (routes.size() == MOST_ROUTES) {
            routes.clear();
        }
        routes.put(ids, route);
    }

    private Route resolve(String ids) {
        List<HaSubscription> known = new ArrayList<>();
        int strangers = 0;
        int from = 0;
        while (from <= ids.length()) {
            int comma = ids.indexOf(',', from);
            int to = comma < 0 ? ids.length() : comma;
            HaSubscription found = table.find(ids.substring(from, to).trim());
            if (found == null) {
                strangers++;
            } else if (!known.contains(found)) {
                known.add(found);
            }
            from = to + 1;
        }
        return new Route(known.toArray(new HaSubscription[0]), strangers);
    }
}
