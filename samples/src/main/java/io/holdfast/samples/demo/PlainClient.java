package io.holdfast.samples.demo;

import io.holdfast.client.Client;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.Reconnect;
import io.holdfast.client.Timeouts;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.HoldfastClient;
import io.holdfast.samples.cli.QuietListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Makes the clients of a demo that take no part in a fight: a publisher, a subscriber, a watcher. */
public final class PlainClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private PlainClient() {}

    /** A client that is logged on under this name, and ends with its connection; the connector stays the caller's. */
    public static Client connected(String name, Endpoint endpoint, Connector connector) {
        Client client = HoldfastClient.builder()
                .name(name)
                .server(endpoint)
                .options(ClientOptions.DEFAULTS.with(Reconnect.never()).with(Timeouts.DEFAULTS.withConnect(TIMEOUT)))
                .listener(new QuietListener(new CompletableFuture<>()))
                .logonOptions("ack_conflation=50ms") // instead of a second: the demo waits for the last confirmation
                .connector(connector)
                .build();
        try {
            client.connect(TIMEOUT);
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }
}
