package io.holdfast.testkit.connect;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.SequenceNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A connector whose network is the test: attempts succeed at once, or when and how the test says. Thread-safe. */
public final class FakeConnector implements Connector {

    private boolean manual;
    private final List<Attempt> attempts = new ArrayList<>();
    private SequenceNumber lastSequence = SequenceNumber.NONE;
    private Consumer<SentCommand> broker = SentCommand::succeed;
    private boolean closed;

    private FakeConnector(boolean manual) {
        this.manual = manual;
    }

    /** Every attempt succeeds at once. */
    public static FakeConnector accepting() {
        return new FakeConnector(false);
    }

    /** Every attempt waits for the test. */
    public static FakeConnector manual() {
        return new FakeConnector(true);
    }

    /** One attempt of the client. */
    public final class Attempt {

        private final ConnectRequest request;
        private final CompletableFuture<Connection> stage = new CompletableFuture<>();
        private final FakeConnection connection;

        private Attempt(ConnectRequest request) {
            this.request = request;
            this.connection = new FakeConnection(request, lastSequence);
            connection.answerWith(broker);
        }

        /** What was asked for. */
        public ConnectRequest request() {
            return request;
        }

        /** The connection it gives, or would have given. */
        public FakeConnection connection() {
            return connection;
        }

        /** Whether the client abandoned it. */
        public boolean isCancelled() {
            return stage.isCancelled();
        }

        /** The logon succeeds; told on the connection's thread. */
        public void succeed() {
            connection.onThread(() -> stage.complete(connection));
        }

        /** The attempt fails; told on the thread of the connection that would have been. */
        public void fail(MessagingException error) {
            connection.onThread(() -> stage.completeExceptionally(error));
        }
    }

    /** Sets what the broker will say it holds for the name. */
    public synchronized FakeConnector lastSequence(long value) {
        lastSequence = SequenceNumber.of(value);
        return this;
    }

    /** Sets what the broker does with each command on connections from now on. */
    public synchronized FakeConnector answerWith(Consumer<SentCommand> reaction) {
        broker = reaction;
        return this;
    }

    /** From now on every attempt waits for the test. */
    public synchronized void becomeManual() {
        manual = true;
    }

    /** Every attempt so far. */
    public synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** The latest attempt. */
    public synchronized Attempt attempt() {
        return attempts.get(attempts.size() - 1);
    }

    /** The connection of the latest attempt. */
    public FakeConnection connection() {
        return attempt().connection();
    }

    /** Whether it was closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request) {
        Attempt attempt;
        boolean waits;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the connector is closed");
            }
            attempt = new Attempt(request);
            attempts.add(attempt);
            waits = manual;
        }
        if (!waits) {
            attempt.succeed();
        }
        return attempt.stage;
    }

    @Override
    public boolean close(Duration timeout) {
        List<Attempt> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(attempts);
        }
        all.forEach(attempt -> attempt.connection.close(timeout));
        return true;
    }
}
