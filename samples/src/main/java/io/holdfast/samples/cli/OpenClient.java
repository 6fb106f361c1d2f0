package io.holdfast.samples.cli;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.connect.Authenticator;
import io.holdfast.client.connect.Connector;
import io.holdfast.ha.HoldfastClient;

/** A client with the connector it runs on, closed together. Confined to the command's thread. */
public final class OpenClient implements AutoCloseable {

    private final Connector connector;
    private final Client client;

    private OpenClient(Connector connector, Client client) {
        this.connector = connector;
        this.client = client;
    }

    /** Connects and logs on as the options say; on failure nothing is left open. */
    public static OpenClient connect(ServerOptions options, Surroundings surroundings, ClientListener listener) {
        // Whatever is wrong with the options is told before any I/O.
        String name = options.name();
        ClientOptions clientOptions = options.clientOptions();
        Authenticator authenticator = Authenticator.of(options.credentials(surroundings.environment()));
        Connector connector = surroundings.connectors().get();
        OpenClient open = new OpenClient(
                connector,
                HoldfastClient.builder()
                        .name(name)
                        .server(options.server())
                        .options(clientOptions)
                        .authenticator(authenticator)
                        .listener(listener)
                        .connector(connector)
                        .build());
        try {
            open.client.connect(options.connectTimeout());
            return open;
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /** The client. */
    public Client client() {
        return client;
    }

    @Override
    public void close() {
        try {
            client.close();
        } finally {
            connector.close();
        }
    }
}
