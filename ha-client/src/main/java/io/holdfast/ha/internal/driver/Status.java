package io.holdfast.ha.internal.driver;

import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.MessagingException;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may know of a client's connection, published as one.
 *
 * @param state the client's state
 * @param connection the connection, exactly when {@link ClientState#isConnected()}
 * @param failure the last failure, until the next connection
 */
record Status(
        ClientState state,
        @Nullable Connection connection,
        @Nullable MessagingException failure) {

    static final Status IDLE = new Status(ClientState.IDLE, null, null);
}
