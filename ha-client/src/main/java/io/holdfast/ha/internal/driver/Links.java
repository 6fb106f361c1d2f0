package io.holdfast.ha.internal.driver;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.Untrusted;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Opens and closes links, and tells what becomes of them. There is one, or one that is on its way out.
 *
 * <p>Confined to the driver's mailbox but for what connectors and connections call, on threads of theirs.
 */
final class Links {

    private final DriverSetup setup;
    private final Choices choices;
    private final Told told;
    private final Map<Long, Link> links = new HashMap<>();
    private Duration closeTimeout;

    /** How the connection ended that calls miss now; written by the thread that knows first. */
    private volatile @Nullable Disconnect lost;

    /** How the last one ended. */
    private volatile @Nullable Disconnect last;

    /** Who is told, from any thread. */
    interface Told {
        /** Logged on. */
        void connected(long link);

        /** Not logged on, and nothing left. */
        void connectFailed(long link, MessagingException failure);

        /** Taken up where the last session ended. */
        void resumed(long link);

        /** Not taken up; still open. */
        void resumeFailed(long link, MessagingException failure);

        /** Ended and gone. */
        void lost(long link, Disconnect disconnect);

        /** Something of our own failed. */
        void failed(String what, Throwable error);
    }

    Links(DriverSetup setup, Choices choices, Told told) {
        this.setup = setup;
        this.choices = choices;
        this.told = told;
        closeWithin(setup.options().timeouts().close());
    }

    /** A peer that reads no more costs all of this time: a tenth is left for what comes after. */
    void closeWithin(Duration timeout) {
        closeTimeout = timeout.minus(timeout.dividedBy(10));
    }

    // ---- attempts

    void connect(long id, long connectNanos, LogonRequest logon) {
        Endpoint endpoint = choices.current();
        Link link = new Link(
                id, endpoint, logon.clientName(), connectNanos, setup.sessions().get());
        links.put(id, link);
        CompletionStage<Connection> answer;
        try {
            answer = requireNonNull(
                    setup.connector()
                            .connect(new ConnectRequest(
                                    endpoint,
                                    logon,
                                    Margin.inner(connectNanos),
                                    setup.options().heartbeat(),
                                    setup.options().limits(),
                                    setup.options().tls(),
                                    link)),
                    "the connector's stage");
        } catch (RuntimeException | Error e) { // a class that is missing is an Error, and no end of the client
            answer = CompletableFuture.failedFuture(e);
        }
        link.answeredBy(answer);
        var unused = answer.whenComplete((connection, error) -> {
            if (connection == null) {
                told.connectFailed(id, failure(link, error));
            } else {
                loggedOn(link, connection);
            }
        });
    }

    private void loggedOn(Link link, Connection connection) {
        if (!link.take(connection, setup.engine().clock().nanoTime())) {
            connection.close(closeTimeout); // nobody has waited for it for a long time
            return;
        }
        lost = null;
        try {
            link.session().loggedOn(connection);
        } catch (RuntimeException | Error e) {
            told.failed("taking in a logon failed", e);
        }
        told.connected(link.id);
        var unused = connection.closed().whenComplete((disconnect, error) -> ended(link, disconnect));
    }

    private static MessagingException failure(Link link, @Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof MessagingException known) {
            return known;
        }
        String detail = cause instanceof CancellationException
                ? "the transport gave no answer within "
                        + Duration.ofNanos(link.connectNanos).toMillis() + " ms"
                : "the transport failed: " + Untrusted.escape(String.valueOf(cause));
        return new ConnectFailedException(link.endpoint, ConnectFailedException.Stage.LOGON, detail, cause);
    }

    void abandon(long id) {
        Link link = links.get(id);
        if (link != null) {
            link.abandon();
        }
    }

    // ---- sessions

    /** Where it leads; {@code null} if nothing is left of it. */
    @Nullable
    Endpoint endpoint(long id) {
        Link link = links.get(id);
        return link == null ? null : link.endpoint;
    }

    @Nullable
    Connection connection(long id) {
        Link link = links.get(id);
        return link == null ? null : link.connection();
    }

    void resume(long id) {
        Link link = links.get(id);
        Connection connection = link == null ? null : link.connection();
        if (link == null || connection == null) {
            throw new IllegalStateException("no connection to resume on");
        }
        CompletionStage<Void> resumed;
        try {
            resumed = link.session().resume(connection);
        } catch (RuntimeException | Error e) {
            resumed = CompletableFuture.failedFuture(e);
        }
        Duration close = closeTimeout;
        var unused = resumed.whenComplete((nothing, error) -> {
            if (error == null) {
                told.resumed(id);
                return;
            }
            MessagingException failure = failure(link, error);
            if (failure instanceof DisconnectedException) {
                connection.close(close); // its end is being told, with its cause, and that is what counts
            } else {
                told.resumeFailed(id, failure);
            }
        });
    }

    void close(long id) {
        Connection connection = connection(id);
        if (connection != null) {
            connection.close(closeTimeout);
        }
    }

    // ---- ends: every end of every session passes here

    private void ended(Link link, Disconnect disconnect) {
        last = disconnect;
        if (!link.isCut()) {
            lost = disconnect;
            try {
                link.end(disconnect);
            } catch (RuntimeException | Error e) {
                told.failed("taking in the end of a connection failed", e);
            }
        }
        told.lost(link.id, disconnect);
    }

    /** Cuts a link off that does not end or answer, and tells its end in its place; of a connection that came this moment, too. */
    void forget(long id) {
        Link link = links.remove(id);
        if (link == null) {
            return;
        }
        link.cut();
        told.connectFailed(id, failure(link, new CancellationException())); // of a session nobody takes it in any more
        Connection connection = link.connection();
        if (connection == null) {
            return;
        }
        Disconnect disconnect = new Disconnect(
                link.endpoint,
                link.clientName,
                DisconnectCause.CLOSED_BY_APPLICATION,
                null,
                Duration.ofNanos(setup.engine().clock().nanoTime() - link.loggedOnAt()));
        last = disconnect;
        lost = disconnect;
        link.end(disconnect);
        connection.close(closeTimeout); // it may have come when nobody looked for it any more
    }

    /** Nothing is left of it. */
    void gone(long id) {
        links.remove(id);
    }

    /** How the connection ended that calls miss now; {@code null} if none has ended since the last logon. */
    @Nullable
    Disconnect lost() {
        return lost;
    }

    @Nullable
    Disconnect last() {
        return last;
    }
}
