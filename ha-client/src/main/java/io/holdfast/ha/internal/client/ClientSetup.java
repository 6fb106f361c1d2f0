package io.holdfast.ha.internal.client;

import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Everything a client is made of, checked by its builder.
 *
 * @param server where to connect
 * @param logon who logs on
 * @param options deadlines, bounds, heartbeat, TLS
 * @param listener who is told
 * @param connector the transport
 * @param ownsConnector whether the transport is closed with the client
 * @param delivery calls handlers and listener
 * @param pool the same as {@code delivery} if the client owns it, {@code null} if it is borrowed
 * @param ownName what the client holds for its life; {@code null} if nobody guards its name
 */
public record ClientSetup(
        Endpoint server,
        LogonRequest logon,
        ClientOptions options,
        ClientListener listener,
        Connector connector,
        boolean ownsConnector,
        Executor delivery,
        @Nullable DeliveryPool pool,
        @Nullable OwnName ownName) {

    /** A client whose name nobody guards. */
    public ClientSetup(
            Endpoint server,
            LogonRequest logon,
            ClientOptions options,
            ClientListener listener,
            Connector connector,
            boolean ownsConnector,
            Executor delivery,
            @Nullable DeliveryPool pool) {
        this(server, logon, options, listener, connector, ownsConnector, delivery, pool, null);
    }
}
