package io.holdfast.ha.internal.driver;

import io.github.resilience4j.core.IntervalFunction;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.StateChange;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.ha.internal.naming.NameSetup;
import io.holdfast.ha.reconnect.EndpointSelector;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a driver works with.
 *
 * @param logon who logs on
 * @param options deadlines, bounds, heartbeat, TLS, reconnect
 * @param connector the way out
 * @param endpoints where to
 * @param backOff how long to wait
 * @param engine time, threads, chance
 * @param sessions makes the client's side of each link
 * @param listener told of every transition, in order; must not block
 * @param naming what the watch over the name needs
 */
public record DriverSetup(
        LogonRequest logon,
        ClientOptions options,
        Connector connector,
        EndpointSelector endpoints,
        IntervalFunction backOff,
        Engine engine,
        Supplier<LinkSession> sessions,
        Consumer<StateChange> listener,
        NameSetup naming) {}
