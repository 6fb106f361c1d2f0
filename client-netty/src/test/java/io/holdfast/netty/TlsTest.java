package io.holdfast.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Tls;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Secret;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.ConnectFailedException.Stage;
import io.holdfast.netty.FakeBroker.Peer;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code tcps} endpoint: whom we trust, who we are, and what is said when it does not work. */
class TlsTest {

    @TempDir
    private static Path folder;

    private static TestIdentity server;
    private static TestIdentity elsewhere;
    private static TestIdentity client;

    private final RecordingSink sink = new RecordingSink();
    private final Connector connector = NettyConnector.create();
    private FakeBroker broker;

    @BeforeAll
    static void make_certificates() throws Exception {
        server = TestIdentity.make(folder, "server", "dns:localhost,ip:127.0.0.1");
        elsewhere = TestIdentity.make(folder, "elsewhere", "dns:elsewhere.example");
        client = TestIdentity.make(folder, "client", "dns:client.example");
    }

    @AfterEach
    void close() {
        assertThat(connector.close(Duration.ofSeconds(10))).isTrue();
        broker.close();
    }

    @Test
    void a_trusted_broker_is_connected_to_and_closed_in_order() throws Exception {
        broker = new FakeBroker(server.server(null).getServerSocketFactory());
        CompletionStage<Connection> connecting = connect(Tls.DEFAULTS.trusting(server.certificatePem()));
        try (Peer peer = broker.acceptLogon()) {
            Connection connection = Await.value(connecting);
            peer.send(WireText.message("t", "secret"));
            Await.until("delivered", () -> sink.bodies.contains("secret"));
            CompletableFuture<Integer> drained = CompletableFuture.supplyAsync(peer::drainAndClose);
            assertThat(Await.value(connection.close(Duration.ofSeconds(10))).cause())
                    .isEqualTo(DisconnectCause.CLOSED_BY_APPLICATION);
            assertThat(Await.value(drained)).isZero();
        }
    }

    @Test
    void an_untrusted_broker_is_refused_and_the_remedy_named() throws Exception {
        broker = new FakeBroker(server.server(null).getServerSocketFactory());
        for (Tls tls : new Tls[] {Tls.DEFAULTS, Tls.DEFAULTS.trusting(elsewhere.certificatePem())}) {
            ConnectFailedException failure = refused(tls);
            assertThat(failure.stage()).isEqualTo(Stage.TLS);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure).hasMessageContaining("not trusted").hasMessageContaining("Tls.trusting");
        }
    }

    @Test
    void a_certificate_for_another_host_is_refused_unless_the_check_is_off() throws Exception {
        broker = new FakeBroker(elsewhere.server(null).getServerSocketFactory());
        Tls tls = Tls.DEFAULTS.trusting(elsewhere.certificatePem());
        assertThat(refused(tls)).hasMessageContaining("another host than 127.0.0.1");

        CompletionStage<Connection> connecting = connect(tls.withoutHostNameCheck());
        try (Peer peer = broker.acceptLogon()) {
            assertThat(Await.value(connecting).remoteAddress()).contains("127.0.0.1");
            assertThat(peer.socket().isConnected()).isTrue();
        }
    }

    @Test
    void both_sides_may_show_a_certificate() throws Exception {
        broker = new FakeBroker(server.server(client).getServerSocketFactory());
        ((SSLServerSocket) broker.server()).setNeedClientAuth(true);
        Tls trusting = Tls.DEFAULTS.trusting(server.certificatePem());
        for (Tls tls : new Tls[] {
            trusting.identifiedBy(client.certificatePem(), client.keyPem(), null),
            trusting.identifiedBy(client.certificatePem(), client.encryptedKeyPem("s3cret"), Secret.of("s3cret"))
        }) {
            CompletionStage<Connection> connecting = connect(tls);
            try (Peer peer = broker.acceptLogon()) {
                assertThat(Await.value(connecting).logonResult().clientName()).isEqualTo("alice");
                assertThat(peer.socket().isConnected()).isTrue();
            }
        }

        ConnectFailedException without = refused(trusting);
        assertThat(without.stage()).isEqualTo(Stage.TLS);
        assertThat(without).hasMessageContaining("Tls.identifiedBy");
    }

    @Test
    void files_that_cannot_be_used_are_named() throws Exception {
        broker = new FakeBroker(server.server(null).getServerSocketFactory());
        assertThat(failure(Tls.DEFAULTS.trusting(folder.resolve("missing.pem"))))
                .hasMessageContaining("missing.pem");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "no certificate");
        assertThat(failure(Tls.DEFAULTS.trusting(garbage))).hasMessageContaining("garbage.pem");
        Path locked = client.encryptedKeyPem("right");
        assertThat(failure(Tls.DEFAULTS.identifiedBy(client.certificatePem(), locked, Secret.of("wrong"))))
                .hasMessageContaining(locked.toString())
                .hasMessageContaining("password")
                .message()
                .doesNotContain("wrong\"");
    }

    @Test
    void a_port_without_tls_is_told_apart() {
        broker = new FakeBroker();
        CompletionStage<Connection> connecting = connect(Tls.DEFAULTS);
        try (Peer peer = broker.accept()) {
            peer.send("this is no TLS record at all");
            ConnectFailedException failure = Await.failure(connecting, ConnectFailedException.class);
            assertThat(failure.stage()).isEqualTo(Stage.TLS);
            assertThat(failure).hasMessageContaining("does not speak TLS");
        }
    }

    @Test
    void a_peer_silent_in_the_handshake_costs_no_more_than_the_deadline_and_may_be_tried_again() {
        broker = new FakeBroker();
        CompletionStage<Connection> connecting = connector.connect(Requests.with(
                Requests.to("tcps://127.0.0.1:" + broker.port() + "/amps", sink), Duration.ofMillis(200)));
        try (Peer peer = broker.accept()) {
            ConnectFailedException failure = Await.failure(connecting, ConnectFailedException.class);
            assertThat(failure.stage()).isEqualTo(Stage.TLS);
            assertThat(failure.isRetryable()).isTrue();
            assertThat(peer.socket().isConnected()).isTrue();
        }
    }

    private CompletionStage<Connection> connect(Tls tls) {
        return connector.connect(Requests.with(Requests.to("tcps://127.0.0.1:" + broker.port() + "/amps", sink), tls));
    }

    private ConnectFailedException failure(Tls tls) {
        return Await.failure(connect(tls), ConnectFailedException.class);
    }

    /** A failure that needs the broker to take part in the handshake. */
    private ConnectFailedException refused(Tls tls) {
        CompletionStage<Connection> connecting = connect(tls);
        try (Peer peer = broker.accept()) {
            try {
                assertThat(peer.read()).isNull();
            } catch (UncheckedIOException handshakeFailed) {
                assertThat(handshakeFailed).isNotNull();
            }
            return Await.failure(connecting, ConnectFailedException.class);
        }
    }
}
