package io.holdfast.ha.internal.client;

import io.github.resilience4j.core.IntervalFunction;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.ha.internal.driver.Engine;
import io.holdfast.ha.reconnect.EndpointSelector;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Everything a client is made of, checked by its builder.
 *
 * @param endpoints where to connect; confined to the client's engine
 * @param backOff how long to wait before an attempt
 * @param logon who logs on
 * @param options deadlines, bounds, heartbeat, TLS, reconnect
 * @param listener who is told
 * @param connector the transport
 * @param ownsConnector whether the transport is closed with the client
 * @param delivery calls handlers and listener
 * @param pool the same as {@code delivery} if the client owns it, {@code null} if it is borrowed
 * @param engine time, timers, the thread of decisions, and chance
 * @param publishing the store of publishes and its policies
 * @param ownName what the client holds for its life; {@code null} if nobody guards its name
 * @param subscribing bookmarks, and what is refused after a reconnect
 * @param naming what is done about the name
 */
public record ClientSetup(
        EndpointSelector endpoints,
        IntervalFunction backOff,
        LogonRequest logon,
        ClientOptions options,
        ClientListener listener,
        Connector connector,
        boolean ownsConnector,
        Executor delivery,
        @Nullable DeliveryPool pool,
        Engine engine,
        PublishSetup publishing,
        @Nullable OwnName ownName,
        SubscribeSetup subscribing,
        NamingSetup naming) {}
