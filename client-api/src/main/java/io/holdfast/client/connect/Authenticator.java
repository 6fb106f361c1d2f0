package io.holdfast.client.connect;

import io.holdfast.client.message.Ack;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gives the credentials of each logon.
 *
 * <p>Called on the connection's thread, which must not be blocked: one that asks a ticket server returns an unfinished
 * stage. The time it takes counts towards the connect deadline. Thread-safe, since attempts of several connections may
 * overlap.
 */
public interface Authenticator {

    /** The most rounds of {@link #retry} in one logon, so that a broker cannot keep us asking. */
    int MAX_RETRIES = 8;

    /**
     * The credentials for a first logon command.
     *
     * @param endpoint where to; {@link Endpoint#credentials()} are what its URI said
     */
    CompletionStage<Credentials> authenticate(Endpoint endpoint);

    /**
     * The credentials for another try, after the broker answered with status {@code retry}.
     *
     * @param endpoint where to
     * @param challenge user and password as the broker's ack carried them
     * @param ack the ack itself
     */
    default CompletionStage<Credentials> retry(Endpoint endpoint, Credentials challenge, Ack ack) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException(
                "the broker asked for a second round, which this authenticator lacks"));
    }

    /** The credentials of the endpoint's URI, none if it has none. */
    static Authenticator fromEndpoint() {
        return endpoint -> CompletableFuture.completedFuture(endpoint.credentials());
    }

    /** Always these credentials, whatever the URI says. */
    static Authenticator of(Credentials credentials) {
        return endpoint -> CompletableFuture.completedFuture(credentials);
    }
}
