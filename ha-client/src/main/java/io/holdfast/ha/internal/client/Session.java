package io.holdfast.ha.internal.client;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.ClientState;
import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.LogonResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The client's one connection, from the attempt to the end; with {@link io.holdfast.client.Reconnect#never()} there is no
 * second.
 *
 * <pre>
 * connect --&gt; Connector.connect --failed--&gt; idle again, the caller is told
 *                  | logged on, on the connection's thread
 *                  v
 *             router, publisher and guard take the connection --closed()--&gt; publisher fails what is in flight, closed told
 * </pre>
 */
final class Session {

    private final ClientSetup setup;
    private final Lifecycle lifecycle;
    private final BlockingGuard guard;
    private final Router router;
    private final Publisher publisher;
    private final CompletableFuture<Disconnect> closed = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<Connection> trying;

    Session(ClientSetup setup, Lifecycle lifecycle, BlockingGuard guard, Router router, Publisher publisher) {
        this.setup = setup;
        this.lifecycle = lifecycle;
        this.guard = guard;
        this.router = router;
        this.publisher = publisher;
    }

    /** See {@link io.holdfast.client.Client#connectAsync}. Failing the result from outside abandons the attempt. */
    CompletableFuture<LogonResult> connect(Duration timeout) {
        if (!lifecycle.connecting()) {
            if (lifecycle.state() != ClientState.CLOSED) {
                throw new IllegalStateException("client " + setup.logon().clientName() + " is " + lifecycle.state()
                        + " already: connect is called once");
            }
            return CompletableFuture.failedFuture(lifecycle.refusal());
        }
        CompletableFuture<Connection> answer;
        try {
            answer = setup.connector().connect(request(timeout)).toCompletableFuture();
        } catch (RuntimeException e) {
            lifecycle.failed();
            return CompletableFuture.failedFuture(e);
        }
        trying = answer;
        Attempt attempt = new Attempt(answer, lifecycle);
        Outcome.of(answer, (connection, error) -> {
            if (connection == null) {
                failed(requireNonNull(error), attempt);
            } else {
                loggedOn(connection, attempt);
            }
        });
        if (lifecycle.state() == ClientState.CLOSED) {
            answer.cancel(true); // closed before the attempt could be seen
        }
        return attempt;
    }

    private ConnectRequest request(Duration timeout) {
        return new ConnectRequest(
                setup.server(),
                setup.logon(),
                timeout,
                setup.options().heartbeat(),
                setup.options().limits(),
                setup.options().tls(),
                router);
    }

    private void failed(Throwable error, Attempt attempt) {
        if (attempt.decide()) {
            attempt.fail(lifecycle.failed() ? error : lifecycle.refusal());
        }
    }

    private void loggedOn(Connection connection, Attempt attempt) {
        if (!attempt.decide()) {
            connection.close(setup.options().timeouts().close()); // the caller gave up at the last moment
            return;
        }
        guard.attach(connection);
        router.attach(connection);
        publisher.attach(connection);
        boolean connected = lifecycle.connected(connection);
        // Of a connection that a close overtook too: a publish may have slipped into it.
        Outcome.of(connection.closed(), (disconnect, error) -> ended(requireNonNull(disconnect)));
        if (connected) {
            attempt.complete(connection.logonResult());
        } else {
            publisher.detach();
            connection.close(setup.options().timeouts().close());
            attempt.fail(lifecycle.refusal());
        }
    }

    private void ended(Disconnect disconnect) {
        lifecycle.lost(disconnect);
        publisher.disconnected(disconnect);
        closed.complete(disconnect);
    }

    /** See {@link io.holdfast.client.Client#closed}. */
    CompletableFuture<Disconnect> closed() {
        return closed;
    }

    /** Abandons an attempt that is under way. */
    void abandon() {
        CompletableFuture<Connection> current = trying;
        if (current != null) {
            current.cancel(true);
        }
    }
}
