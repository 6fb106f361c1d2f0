package io.holdfast.samples.fake;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Tells of its connections in the words of an application that knows nothing of names. */
public final class LoggingConnector implements Connector {

    private final Connector inner;
    private final Consumer<String> log;

    /** A connector that logs what {@code inner} does. */
    public LoggingConnector(Connector inner, Consumer<String> log) {
        this.inner = inner;
        this.log = log;
    }

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request) {
        return inner.connect(request).whenComplete((connection, failure) -> {
            if (connection == null) {
                log.accept("Reconnect failed: " + failure.getMessage());
                return;
            }
            log.accept("Connected to " + request.endpoint().address());
            connection.closed().thenRun(() -> log.accept("Connection lost"));
        });
    }

    @Override
    public boolean close(Duration timeout) {
        return inner.close(timeout);
    }
}
