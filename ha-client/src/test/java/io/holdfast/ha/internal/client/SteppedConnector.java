package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A fake transport that lets the test step in once, just before a method of its connection takes effect. */
final class SteppedConnector implements Connector {

    private final FakeConnector connector;
    private final FakeConnector controls = FakeConnector.accepting();
    private Error controlError;
    private boolean showsLogons = true;
    private String method = "";
    private Runnable step = () -> {};

    SteppedConnector(FakeConnector connector) {
        this.connector = connector;
    }

    /** Where connections under other names arrive. */
    FakeConnector controls() {
        return controls;
    }

    /** From now on an attempt under another name throws that. */
    void failControls(Error error) {
        controlError = error;
    }

    /** From now on the broker shows nobody's logons to those who watch. */
    void hideLogons() {
        showsLogons = false;
    }

    private void show(LogonRequest logon) {
        String event = "{\"ClientStatus\":{\"event\":\"logon\",\"client_name\":\"" + logon.clientName()
                + "\",\"correlation_id\":\"" + logon.correlationId().value() + "\"}}";
        controls.attempts().forEach(attempt -> attempt.connection().deliver(FakeMessage.of("name-watch", event)));
    }

    /** Before the next call of this method, does that. */
    synchronized void before(String name, Runnable task) {
        method = name;
        step = task;
    }

    private synchronized Runnable take(String name) {
        if (!method.equals(name)) {
            return () -> {};
        }
        method = "";
        return step;
    }

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request) {
        if (request.logon().clientName().contains("~diag-")) {
            if (controlError != null) {
                throw controlError;
            }
            return controls.connect(request); // not what these stories are about
        }
        if (showsLogons && request.logon().correlationId() != null) {
            show(request.logon());
        }
        CompletionStage<Connection> attempt = connector.connect(request);
        CompletableFuture<Connection> stepped = attempt.thenApply(this::stepped).toCompletableFuture();
        var unused = stepped.whenComplete((connection, error) -> {
            if (stepped.isCancelled()) {
                attempt.toCompletableFuture().cancel(true);
            }
        });
        return stepped;
    }

    private Connection stepped(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, called, arguments) -> {
                    take(called.getName()).run();
                    try {
                        return called.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public boolean close(Duration timeout) {
        return connector.close(timeout);
    }
}
