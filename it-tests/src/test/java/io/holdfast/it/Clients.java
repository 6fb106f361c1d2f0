package io.holdfast.it;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.Heartbeat;
import io.holdfast.client.Reconnect;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.ha.HoldfastClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Clients that do not reconnect, as an application would build them, and how a test waits for their end. */
final class Clients {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private Clients() {}

    static Client connected(String uri, String name) {
        return connected(uri, name, ClientOptions.DEFAULTS);
    }

    static Client connected(String uri, String name, ClientOptions options) {
        Client client = built(uri, name, options);
        client.connect(PATIENCE);
        return client;
    }

    static Client built(String uri, String name, ClientOptions options) {
        return HoldfastClient.builder()
                .server(uri)
                .name(name)
                .options(options.with(Reconnect.never()))
                .listener(new ClientListener() {})
                .build();
    }

    /** Options with the shortest heartbeat there is. */
    static ClientOptions watchful() {
        return ClientOptions.DEFAULTS.with(Heartbeat.every(Duration.ofSeconds(1)));
    }

    static Disconnect endOf(Client client) throws Exception {
        return client.closed().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
