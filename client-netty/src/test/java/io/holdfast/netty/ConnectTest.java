package io.holdfast.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Heartbeat;
import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.ConnectorProvider;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.ConnectFailedException.Stage;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.error.ProtocolException;
import io.holdfast.client.spi.NonBlockingThread;
import io.holdfast.netty.FakeBroker.Peer;
import io.holdfast.netty.internal.transport.EventLoops;
import io.holdfast.netty.internal.transport.Lookups;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connecting over real sockets of the loopback, and all the ways in which it fails. */
class ConnectTest {

    private final FakeBroker broker = new FakeBroker();
    private final RecordingSink sink = new RecordingSink();
    private Connector connector = NettyConnector.create();

    @AfterEach
    void close() {
        assertThat(connector.close(Duration.ofSeconds(10))).isTrue();
        broker.close();
    }

    @Test
    void the_provider_is_found_by_the_service_loader() {
        ConnectorProvider provider =
                ServiceLoader.load(ConnectorProvider.class).findFirst().orElseThrow();
        assertThat(provider.name()).isEqualTo("netty");
        try (Connector made = provider.create()) {
            assertThat(made).isInstanceOf(NettyConnector.class);
        }
    }

    @Test
    void it_connects_and_logs_on_and_delivers_on_its_own_thread() {
        CompletableFuture<Thread> deliveredOn = new CompletableFuture<>();
        sink.onEach = message -> deliveredOn.complete(Thread.currentThread());
        CompletionStage<Connection> connecting = connector.connect(request());
        CompletableFuture<Integer> deliveredBefore = new CompletableFuture<>();
        CompletionStage<Boolean> onOwnThread = connecting.thenApply(connection -> {
            deliveredBefore.complete(sink.bodies.size());
            return connection.ownsCurrentThread();
        });
        try (Peer peer = broker.accept()) {
            peer.read();
            peer.send(WireText.LOGON_ACK, WireText.message("t", "hello"));
            Connection connection = Await.value(connecting);
            assertThat(Await.value(onOwnThread)).isTrue();
            assertThat(Await.value(deliveredBefore)).isZero();
            assertThat(Await.value(deliveredOn))
                    .isInstanceOf(NonBlockingThread.class)
                    .extracting(Thread::getName)
                    .asString()
                    .startsWith("holdfast-io-");
            assertThat(connection.ownsCurrentThread()).isFalse();
            assertThat(connection.remoteAddress()).isEqualTo("127.0.0.1:" + broker.port());
            assertThat(connection.localAddress())
                    .isEqualTo("127.0.0.1:" + peer.socket().getPort());
        }
    }

    @Test
    void a_refused_port_fails_at_tcp() {
        int port = broker.port();
        broker.close();
        var failure = connectFailure(Requests.to("tcp://127.0.0.1:" + port + "/amps", sink));
        assertThat(failure.stage()).isEqualTo(Stage.TCP);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure).hasMessageContaining("refused");
    }

    @Test
    void a_peer_that_accepts_and_is_silent_costs_no_more_than_the_deadline() {
        CompletionStage<Connection> connecting = connector.connect(Requests.with(request(), Duration.ofMillis(200)));
        try (Peer peer = broker.accept()) {
            assertThat(peer.read()).contains("logon");
            var failure = Await.failure(connecting, ConnectFailedException.class);
            assertThat(failure.stage()).isEqualTo(Stage.LOGON);
            assertThat(failure).hasMessageContaining("200 ms");
            assertThat(peer.read()).as("the socket is gone").isNull();
        }
    }

    @Test
    void a_close_or_a_reset_before_the_answer_fails_at_logon() {
        CompletionStage<Connection> connecting = connector.connect(request());
        Peer closing = broker.accept();
        closing.read();
        closing.close();
        assertThat(Await.failure(connecting, ConnectFailedException.class).stage())
                .isEqualTo(Stage.LOGON);

        connecting = connector.connect(request());
        Peer resetting = broker.accept();
        resetting.read();
        resetting.reset();
        assertThat(Await.failure(connecting, ConnectFailedException.class).stage())
                .isEqualTo(Stage.LOGON);
    }

    @Test
    void a_close_in_the_middle_of_the_answer_is_a_failure_that_time_may_heal() throws IOException {
        CompletionStage<Connection> connecting = connector.connect(request());
        try (Peer cut = broker.accept()) {
            cut.read();
            cut.socket().getOutputStream().write(new byte[] {0, 0, 0, 60, '{', '"'});
        }
        ConnectFailedException failure = Await.failure(connecting, ConnectFailedException.class);
        assertThat(failure.stage()).isEqualTo(Stage.LOGON);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure).hasCauseInstanceOf(ProtocolException.class);
    }

    @Test
    void a_refused_logon_says_why_and_closes_the_socket() {
        CompletionStage<Connection> connecting = connector.connect(request());
        try (Peer peer = broker.accept()) {
            peer.read();
            peer.send(
                    "{\"c\":\"ack\",\"cid\":\"0\",\"a\":\"processed\",\"status\":\"failure\",\"reason\":\"auth failure\"}");
            assertThat(Await.failure(connecting, LogonRefusedException.class).reason())
                    .isEqualTo("auth failure");
            assertThat(peer.read()).isNull();
        }
    }

    @Test
    void a_peer_of_another_protocol_is_told_apart() {
        CompletionStage<Connection> connecting = connector.connect(request());
        try (Peer peer = broker.accept()) {
            peer.read();
            peer.send("HTTP/1.1 400 Bad Request");
            Await.failure(connecting, ProtocolException.class);
            assertThat(peer.read()).isNull();
        }
    }

    @Test
    void cancelling_the_stage_abandons_the_attempt() {
        CompletionStage<Connection> connecting = connector.connect(request());
        try (Peer peer = broker.accept()) {
            assertThat(peer.read()).contains("logon");
            connecting.toCompletableFuture().cancel(true);
            assertThat(peer.read()).isNull();
        }
    }

    @Test
    void a_look_up_that_hangs_costs_no_more_than_the_deadline() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        use(host -> {
            hanging.countDown();
            awaitUninterruptibly(release);
            throw new UnknownHostException(host);
        });
        try {
            CompletionStage<Connection> connecting = connector.connect(
                    Requests.with(Requests.to("tcp://slow.example:1/amps", sink), Duration.ofMillis(100)));
            assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Await.failure(connecting, ConnectFailedException.class).stage())
                    .isEqualTo(Stage.DNS);
        } finally {
            release.countDown();
        }
    }

    @Test
    void an_unknown_host_fails_at_dns() {
        use(host -> {
            throw new UnknownHostException(host);
        });
        var failure = connectFailure(Requests.to("tcp://nowhere.example:1/amps", sink));
        assertThat(failure.stage()).isEqualTo(Stage.DNS);
        assertThat(failure).hasMessageContaining("nowhere.example");
    }

    @Test
    void a_name_is_looked_up_anew_at_each_attempt_and_all_its_addresses_are_tried() {
        List<String> asked = new ArrayList<>();
        use(host -> {
            asked.add(host);
            // nobody listens at the first two; IPv4 goes first unless asked otherwise
            return new InetAddress[] {address("::1"), address("127.0.0.2"), address("127.0.0.1")};
        });
        for (int attempt = 1; attempt <= 2; attempt++) {
            CompletionStage<Connection> connecting =
                    connector.connect(Requests.to("tcp://broker.example:" + broker.port() + "/amps", sink));
            try (Peer peer = broker.acceptLogon()) {
                assertThat(Await.value(connecting).remoteAddress()).startsWith("127.0.0.1");
                assertThat(peer.socket().isConnected()).isTrue();
            }
        }
        assertThat(asked).containsExactly("broker.example", "broker.example");
    }

    @Test
    void the_socket_is_bound_where_the_uri_says() {
        CompletionStage<Connection> connecting = connector.connect(
                Requests.to(broker.uri() + "?bind=127.0.0.3&tcp_rcvbuf=65536&tcp_sndbuf=65536", sink));
        try (Peer peer = broker.acceptLogon()) {
            assertThat(Await.value(connecting).localAddress()).startsWith("127.0.0.3:");
            assertThat(peer.socket().getInetAddress().getHostAddress()).isEqualTo("127.0.0.3");
        }
    }

    @Test
    void an_authenticator_that_never_answers_costs_no_more_than_the_deadline() {
        ConnectRequest request =
                Requests.with(Requests.with(request(), endpoint -> new CompletableFuture<>()), Duration.ofMillis(100));
        assertThat(connectFailure(request).stage()).isEqualTo(Stage.AUTHENTICATION);
    }

    @Test
    void a_closed_connector_connects_no_more() {
        connector.close();
        assertThat(connectFailure(request())).hasMessageContaining("connector is closed");
        assertThat(connector.close(Duration.ofSeconds(1))).as("idempotent").isTrue();
    }

    @Test
    void closing_the_connector_closes_its_connections_and_attempts_and_ends_its_threads() {
        CompletionStage<Connection> connecting = connector.connect(request());
        Peer peer = broker.acceptLogon();
        Connection connection = Await.value(connecting);
        CompletionStage<Connection> attempt = connector.connect(request());
        Peer silent = broker.accept();
        silent.read();
        CompletableFuture<Integer> drained = CompletableFuture.supplyAsync(peer::drainAndClose);

        assertThat(connector.close(Duration.ofSeconds(10))).isTrue();

        assertThat(Await.end(connection).cause()).isEqualTo(DisconnectCause.CLOSED_BY_APPLICATION);
        assertThat(Await.failure(attempt, ConnectFailedException.class)).hasMessageContaining("connector is closed");
        assertThat(Await.value(drained)).isZero();
        assertThat(silent.read()).isNull();
        silent.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("holdfast-"));
    }

    @Test
    void borrowed_loops_are_used_and_left_alone() {
        var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (Connector borrowing = NettyConnector.on(group)) {
            CompletionStage<Connection> connecting = borrowing.connect(request());
            Peer peer = broker.acceptLogon();
            Connection connection = Await.value(connecting);
            CompletableFuture<Integer> drained = CompletableFuture.supplyAsync(peer::drainAndClose);
            assertThat(borrowing.close(Duration.ofSeconds(10))).isTrue();
            Disconnect end = Await.end(connection);
            assertThat(end.cause()).isEqualTo(DisconnectCause.CLOSED_BY_APPLICATION);
            assertThat(Await.value(drained)).isZero();
            assertThat(group.isShuttingDown()).isFalse();
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void a_peer_that_falls_silent_is_noticed() {
        CompletionStage<Connection> connecting =
                connector.connect(Requests.with(request(), Heartbeat.every(Duration.ofSeconds(1))));
        try (Peer peer = broker.acceptLogon()) {
            Connection connection = Await.value(connecting);
            assertThat(WireText.field(peer.read(), "o")).isEqualTo("start,1");
            Disconnect end = Await.end(connection);
            assertThat(end.cause()).isEqualTo(DisconnectCause.HEARTBEAT_TIMEOUT);
            assertThat(end.lifetime()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(9));
            assertThat(WireText.field(peer.read(), "o")).isEqualTo("beat");
        }
    }

    private ConnectRequest request() {
        return Requests.to(broker.uri(), sink);
    }

    private ConnectFailedException connectFailure(ConnectRequest request) {
        return Await.failure(connector.connect(request), ConnectFailedException.class);
    }

    private void use(Lookups.Resolver resolver) {
        connector.close();
        connector = new NettyConnector(EventLoops.own(1), new Lookups(resolver));
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                if (!latch.await(10, TimeUnit.SECONDS)) {
                    throw new AssertionError("never released");
                }
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
