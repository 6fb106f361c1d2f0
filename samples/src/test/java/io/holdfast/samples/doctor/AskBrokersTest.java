package io.holdfast.samples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.broker.BrokerConfig;
import io.holdfast.broker.ReferenceBroker;
import io.holdfast.client.Client;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.Reconnect;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.ha.HoldfastClient;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.samples.fake.MemoryBroker;
import io.holdfast.samples.fake.TestProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** {@code doctor --admin}, against brokers that are there, and ports that are not what they should be. */
class AskBrokersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestProcess process = new TestProcess(new MemoryBroker());

    @Test
    void a_name_that_one_program_holds_is_shown_with_who_it_is() {
        try (ReferenceBroker broker = start("one");
                Client holder = connected(broker, "orders", "00000000000000aa", "app-12", 4411);
                Client other = connected(broker, "prices", "00000000000000bb", "app-13", 920)) {
            assertThat(process.run("doctor --admin " + broker.adminUri() + " --name " + holder.name()))
                    .isZero();
            assertThat(process.out())
                    .contains("held on " + broker.adminUri() + " since 20")
                    .contains("host=app-12 pid=4411")
                    .contains("address=127.0.0.1:")
                    .contains("One connection holds it.")
                    .doesNotContain(other.name());
        }
    }

    @Test
    void a_name_on_two_instances_is_a_silent_collision() throws IOException {
        try (ReferenceBroker one = start("one");
                ReferenceBroker two = start("two");
                Client first = connected(one, "orders", "00000000000000aa", "app-12", 4411);
                Client second = connected(two, "orders", "00000000000000bb", "app-13", 920)) {
            assertThat(first.name()).isEqualTo(second.name());
            String command = "doctor --admin " + one.adminUri() + " " + two.adminUri() + "/ --name orders";

            assertThat(process.run(command)).isEqualTo(DoctorExit.FOUND);
            assertThat(process.out())
                    .contains("host=app-12 pid=4411", "host=app-13 pid=920")
                    .contains("SILENT COLLISION: 2 connections hold the name")
                    .contains("holdfast.app");

            TestProcess script = new TestProcess(new MemoryBroker());
            assertThat(script.run(command + " --json")).isEqualTo(DoctorExit.FOUND);
            JsonNode document = new ObjectMapper().readTree(script.out());
            assertThat(document.path("collision").asBoolean()).isTrue();
            assertThat(document.at("/holders/1/pid").asLong()).isEqualTo(920);
            assertThat(document.at("/holders/1/instance").asText()).isEqualTo(two.adminUri() + "/");
        }
    }

    @Test
    void one_broker_behind_two_urls_is_one_holder() {
        try (ReferenceBroker broker = start("one");
                Client holder = connected(broker, "orders", "00000000000000aa", "app-12", 4411)) {
            String admin = broker.adminUri();
            assertThat(process.run("doctor --admin " + admin + " " + admin + "/ --name " + holder.name()))
                    .isZero();
            assertThat(process.out()).contains("One connection holds it.");
        }
    }

    @Test
    void a_name_that_nobody_holds_is_no_collision() {
        try (ReferenceBroker broker = start("one")) {
            assertThat(process.run("doctor --admin " + broker.adminUri() + " --name a+b&c=d%"))
                    .isZero();
            assertThat(process.out()).contains("client name a+b&c=d%", "Nobody holds it.");
        }
    }

    @Test
    void what_an_instance_answers_is_escaped_and_a_page_of_all_clients_is_filtered_here() throws IOException {
        String page =
                "{\"clients\":[{\"client_name\":\"x\"},{\"client_name\":\"orders\",\"connection_name\":\"\\u001b[2J\","
                        + "\"correlation_id\":\"a\\nb\",\"connect_time\":7,\"unknown\":[]},3]}";
        HttpServer server = serving(200, page.getBytes(StandardCharsets.UTF_8));
        try {
            assertThat(process.run("doctor --admin " + url(server) + " --name orders"))
                    .isZero();
            assertThat(process.out()).contains("correlation_id=a\\nb", "connection=\\u001b[2J");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_answer_that_is_no_page_leaves_it_open() throws IOException {
        HttpServer wrong = serving(200, "{\"error\":\"\\u001b[2J\"}".getBytes(StandardCharsets.UTF_8));
        HttpServer missing = serving(404, new byte[0]);
        HttpServer broken = serving(200, "{\"clients\":[[[[[[[[[[[[[[[[[[[[[[".getBytes(StandardCharsets.UTF_8));
        try {
            assertThat(process.run("doctor --name n --admin " + url(wrong) + " " + url(missing) + " " + url(broken)))
                    .isEqualTo(3);
            assertThat(process.errLines()).hasSize(3);
            assertThat(process.out())
                    .contains("NOT ASKED", "status 404", "no page of clients", "Nobody holds it where");
        } finally {
            wrong.stop(0);
            missing.stop(0);
            broken.stop(0);
        }
    }

    @Test
    void an_endless_answer_is_cut_short() throws IOException {
        HttpServer server = serving(200, new byte[33 << 20]);
        try {
            assertThat(process.run("doctor --name n --admin " + url(server))).isEqualTo(3);
            assertThat(process.err()).contains("longer than");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_port_that_accepts_and_says_nothing_has_a_deadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
            assertThat(process.run("doctor --timeout 300ms --name n --admin http://127.0.0.1:" + silent.getLocalPort()))
                    .isEqualTo(3);
            assertThat(process.errLines()).hasSize(1);
        }
    }

    private static ReferenceBroker start(String instance) {
        return ReferenceBroker.start(
                BrokerConfig.builder().instance(instance).adminPort(0).build());
    }

    private static Client connected(ReferenceBroker broker, String name, String nonce, String host, long pid) {
        CorrelationId stamp = IdentityStamp.ofNonce(nonce)
                .withProcess(host, pid, Instant.EPOCH)
                .toCorrelationId();
        Client client = HoldfastClient.builder()
                .name(name)
                .server(broker.uri())
                .correlationId(stamp)
                .options(ClientOptions.DEFAULTS.with(Reconnect.never())) // one that reconnects says who it is itself
                .build();
        client.connect(PATIENCE);
        return client;
    }

    private static HttpServer serving(int status, byte[] body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
