package io.holdfast.ha.sim;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Credentials;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.ConnectFailedException.Stage;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.error.MessagingException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * From {@code connect} to the end of what came of it: TCP, logon, then the {@link SimConnection}. Whatever arrives from the
 * network is handled on the process's I/O thread.
 */
final class SimAttempt implements SimPipe.Receiver<BrokerFrame> {

    private final SimNetwork network;
    private final SimProcess process;
    private final SimThread io;
    private final ConnectRequest request;
    private final CompletableFuture<Connection> result = new CompletableFuture<>();
    private @Nullable SimEvent deadline;
    private @Nullable SimLink link;
    private @Nullable SimConnection connection;
    private boolean over;

    SimAttempt(SimNetwork network, SimProcess process, SimThread io, ConnectRequest request) {
        this.network = network;
        this.process = process;
        this.io = io;
        this.request = request;
    }

    CompletableFuture<Connection> result() {
        return result;
    }

    SimProcess process() {
        return process;
    }

    String clientName() {
        return request.logon().clientName();
    }

    ConnectRequest request() {
        return request;
    }

    SimNetwork network() {
        return network;
    }

    SimThread io() {
        return io;
    }

    /** The TCP connection, once there is one. */
    @Nullable
    SimLink link() {
        return link;
    }

    /** Whether it is being closed, and not closed yet. */
    boolean isClosing() {
        return connection != null && connection.isClosing();
    }

    /** Whether it is still there although it was to be closed by now. */
    boolean isOverdue() {
        return connection != null && connection.isOverdue();
    }

    /** Whether the broker has accepted the logon. */
    boolean isLoggedOn() {
        return connection != null;
    }

    void begin() {
        network.opened(this);
        network.world().trace(this + " begins");
        process.atDeath(this::processDied);
        deadline = network.world()
                .after(
                        process,
                        request.timeout().toNanos(),
                        "connect deadline",
                        () -> io.execute(() -> fail(failure(
                                link == null ? Stage.TCP : Stage.LOGON, "no answer in time", new TimeoutException()))));
        var unused = result.whenComplete((done, error) -> {
            if (result.isCancelled()) {
                abandon();
            }
        });
        long there = network.latencyNanos() + network.random().nextLong(network.latencyNanos() + 1);
        network.world().after(there, "SYN", this::knock);
    }

    private void knock() {
        SimServer server = network.server(request.endpoint());
        if (over) {
            return;
        }
        if (server != null && server.knock() != SimServer.Knock.OPENS) {
            network.world().trace(this + " knocks, and " + server.broker() + " " + server.knock());
        }
        if (server == null || !server.broker().isUp() || server.knock() == SimServer.Knock.REFUSES) {
            io.execute(() -> fail(failure(Stage.TCP, "connection refused", null)));
        } else if (server.knock() != SimServer.Knock.SILENT) {
            letIn(server);
        }
    }

    private void letIn(SimServer server) {
        BrokerSession session = server.broker().open();
        SimLink made = new SimLink(
                network.nextLink(),
                clientName(),
                server.broker().name(),
                network.world(),
                network.random().split(),
                network.latencyNanos(),
                session,
                this);
        if (network.isSlow()) {
            network.world().trace(made + " is slow: " + network.latencyNanos() / 1_000_000 + " ms");
        }
        session.on(made);
        link = made;
        network.made(made);
        if (server.knock() == SimServer.Knock.DEAF) {
            made.blackhole(true, false);
        }
        io.execute(() -> {
            if (!over) {
                var unused = request.logon()
                        .authenticator()
                        .authenticate(request.endpoint())
                        .thenAccept(this::logOn);
            }
        });
        if (server.knock() == SimServer.Knock.SLAMS) {
            network.world().after(network.latencyNanos() / 2, "slams", () -> session.end("slammed"));
        }
    }

    private void logOn(Credentials credentials) {
        ClientFrame.Logon logon = new ClientFrame.Logon(request.logon(), credentials);
        if (link != null) {
            link.up().write(logon, logon.bytes());
        }
    }

    @Override
    public void receive(BrokerFrame frame) {
        if (process.isAlive()) {
            io.execute(() -> handle(frame));
        }
    }

    private void handle(BrokerFrame frame) {
        if (connection != null) {
            connection.receive(frame);
        } else if (!over && frame instanceof BrokerFrame.LogonAnswer answer) {
            if (answer.result() == null) {
                fail(new LogonRefusedException(request.endpoint(), clientName(), answer.reason()));
            } else {
                succeed(answer);
            }
        }
    }

    private void succeed(BrokerFrame.LogonAnswer answer) {
        if (deadline != null) {
            deadline.cancel();
        }
        if (link == null || answer.result() == null) {
            throw new IllegalStateException("an answer without a question");
        }
        SimConnection made = new SimConnection(this, link, answer.result());
        connection = made;
        network.world().trace(this + " is logged on by " + link);
        made.start();
        if (!result.complete(made)) {
            made.close(Duration.ofSeconds(1));
        }
    }

    @Override
    public void ended(boolean inOrder) {
        if (process.isAlive()) {
            io.execute(() -> {
                if (connection != null) {
                    connection.peerEnded(inOrder);
                } else {
                    fail(failure(Stage.LOGON, "closed before the answer", null));
                }
            });
        }
    }

    /** The client wants the connector, and so this, to end. */
    void close(Duration timeout) {
        if (connection == null) {
            fail(failure(Stage.LOGON, "the connector was closed", null));
        } else {
            connection.close(timeout);
        }
    }

    private void abandon() {
        if (connection == null && !over) {
            network.world().trace(this + " is abandoned");
            end();
        }
    }

    private void fail(MessagingException error) {
        if (!over && connection == null) {
            network.world().trace(this + " fails: " + error.getMessage());
            end();
            result.completeExceptionally(error);
        }
    }

    private ConnectFailedException failure(Stage stage, String detail, @Nullable Throwable cause) {
        return new ConnectFailedException(request.endpoint(), stage, detail, cause);
    }

    /** Nothing is left of it on this side. */
    void end() {
        if (!over) {
            over = true;
            if (deadline != null) {
                deadline.cancel();
            }
            if (link != null) {
                link.up().end(true);
            }
            network.ended(this);
        }
    }

    private void processDied() {
        if (!over && link != null) {
            link.up().end(false);
        }
        over = true;
        network.ended(this);
    }

    @Override
    public String toString() {
        return process + " as " + clientName() + " to " + request.endpoint().host();
    }
}
