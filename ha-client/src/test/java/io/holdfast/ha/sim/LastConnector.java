package io.holdfast.ha.sim;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A client's own connector, which it closes last of all that it waits for: what remains of its close happens in the same event.
 *
 * @param honest what connects
 * @param onClose told that it is closed
 */
record LastConnector(Connector honest, Runnable onClose) implements Connector {

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request) {
        return honest.connect(request);
    }

    @Override
    public boolean close(Duration timeout) {
        onClose.run();
        return honest.close(timeout);
    }
}
