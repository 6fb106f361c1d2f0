package io.holdfast.ha.sim;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * A connector whose connections are broken in some way.
 *
 * @param honest what really connects
 * @param breaking what is done to each connection
 */
record TamperedConnector(Connector honest, UnaryOperator<Connection> breaking) implements Connector {

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request) {
        CompletableFuture<Connection> attempt = honest.connect(request).toCompletableFuture();
        CompletableFuture<Connection> broken = attempt.thenApply(breaking);
        var unused = broken.whenComplete((connection, error) -> {
            if (broken.isCancelled()) {
                attempt.cancel(true);
            }
        });
        return broken;
    }

    @Override
    public boolean close(Duration timeout) {
        return true;
    }
}
