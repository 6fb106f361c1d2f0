package io.holdfast.samples.cli;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.connect.Authenticator;
import io.holdfast.client.connect.Connector;
import io.holdfast.ha.HoldfastClient;
import java.nio.file.Path;

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
        Path config = options.config();
        HoldfastClient.Builder builder =
                config == null ? named(options, surroundings) : configured(surroundings, config);
        Connector connector = surroundings.connectors().get();
        OpenClient open;
        try {
            open = new OpenClient(
                    connector, builder.listener(listener).connector(connector).build());
        } catch (RuntimeException e) {
            connector.close();
            throw e instanceof IllegalArgumentException || e instanceof IllegalStateException
                    ? new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e)
                    : e;
        }
        try {
            open.client.connect(options.connectTimeout());
            return open;
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /** A client of the command's own, that ends with its connection. */
    private static HoldfastClient.Builder named(ServerOptions options, Surroundings surroundings) {
        return HoldfastClient.builder()
                .name(options.name())
                .server(options.server())
                .options(options.clientOptions())
                .authenticator(Authenticator.of(options.credentials(surroundings.environment())));
    }

    /** A client as a program with this configuration would have. */
    private static HoldfastClient.Builder configured(Surroundings surroundings, Path file) {
        return HoldfastClient.builder(Configuration.load(surroundings, file));
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
