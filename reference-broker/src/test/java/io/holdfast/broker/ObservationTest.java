package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be seen from outside: status events, admin page, operator's log. */
class ObservationTest {

    private final OperatorLines log = new OperatorLines();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void events_tell_a_life_in_order() {
        try (ReferenceBroker broker = broker();
                TestClient watcher = TestClient.named(broker, "watcher")) {
            watcher.subscribe("w", "/AMPS/ClientStatus");
            assertThat(watcher.read().json().at("/ClientStatus/event").asText()).isEqualTo("subscribe");
            try (TestClient alice = TestClient.connect(broker)) {
                alice.logon("alice", ",\"x\":\"SEYx\"");
                alice.subscribe("a", "orders");
                alice.ask("{\"c\":\"unsubscribe\",\"cid\":\"u\",\"sub_id\":\"a\",\"a\":\"processed\"}");
                try (TestClient rival = TestClient.named(broker, "alice")) {
                    assertThat(alice.isClosedWithoutAWord()).isTrue();
                    assertThat(rival.flush().text("status")).isEqualTo("success");
                }
            }
            List<String> seen = new ArrayList<>();
            List<JsonNode> events = new ArrayList<>();
            while (events.size() < 8) {
                JsonNode event = watcher.read().json().path("ClientStatus");
                events.add(event);
                seen.add(event.path("event").asText());
            }
            assertThat(seen)
                    .containsExactly(
                            "connect",
                            "logon",
                            "subscribe",
                            "unsubscribe",
                            "connect",
                            "disconnect",
                            "logon",
                            "disconnect");
            JsonNode evicted = events.get(5);
            assertThat(evicted.path("reason").asText()).isEqualTo("name in use");
            assertThat(evicted.path("client_name").asText()).isEqualTo("alice");
            assertThat(evicted.path("correlation_id").asText()).isEqualTo("SEYx");
            assertThat(evicted.path("client_address").asText()).startsWith("127.0.0.1:");
            assertThat(evicted.path("connection_name").asText()).startsWith("holdfast-tcp-2-");
            assertThat(evicted.path("timestamp").asText()).matches("[0-9]{8}T[0-9]{6}\\.[0-9]{6}Z");
            assertThat(events.get(2).path("topic").asText()).isEqualTo("orders");
            assertThat(events.get(2).path("sub_id").asText()).isEqualTo("a");
            assertThat(events.get(2).path("auth_id").isNull()).isTrue();
        }
    }

    @Test
    void the_admin_page_lists_the_clients_and_nothing_else_is_served() throws Exception {
        try (ReferenceBroker broker = broker();
                TestClient alice = TestClient.connect(broker)) {
            alice.logon("al\\nice", ",\"x\":\"SEYx\"");
            HttpResponse<String> page = get(broker, "/amps/instance/clients");
            assertThat(page.statusCode()).isEqualTo(200);
            JsonNode client = new ObjectMapper().readTree(page.body()).at("/clients/0");
            assertThat(client.path("client_name").asText()).isEqualTo("al\nice");
            assertThat(client.path("connection_name").asText()).startsWith("holdfast-tcp-1-");
            assertThat(client.path("remote_address").asText()).startsWith("127.0.0.1:");
            assertThat(client.path("connect_time").asText()).matches("[0-9-]{10}T.*Z");
            assertThat(client.path("correlation_id").asText()).isEqualTo("SEYx");
            assertThat(client.path("auth_id").isNull()).isTrue();
            assertThat(get(broker, "/amps/instance").statusCode()).isEqualTo(404);
            HttpRequest post = request(broker, "/amps/instance/clients")
                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                    .build();
            assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void the_admin_page_says_who_holds_a_name_now() throws Exception {
        try (ReferenceBroker broker = broker();
                TestClient alice = TestClient.connect(broker);
                TestClient bob = TestClient.named(broker, "bob")) {
            alice.logon("al ice&co", ",\"x\":\"SEYx\",\"user_id\":\"ann\"");
            HttpResponse<String> page = get(broker, "/amps/instance/clients?name=al%20ice%26co");
            JsonNode clients = new ObjectMapper().readTree(page.body()).path("clients");
            assertThat(clients).hasSize(1);
            JsonNode holder = clients.get(0);
            assertThat(holder.path("client_name").asText()).isEqualTo("al ice&co");
            assertThat(holder.path("logon_time").asText()).matches("[0-9-]{10}T.*Z");
            assertThat(holder.path("user_id").asText()).isEqualTo("ann");
            assertThat(holder.path("correlation_id").asText()).isEqualTo("SEYx");
            assertThat(holder.path("remote_address").asText()).startsWith("127.0.0.1:");
            assertThat(get(broker, "/amps/instance/clients?name=nobody").body()).isEqualTo("{\"clients\":[]}");
            assertThat(bob.flush().text("status")).isEqualTo("success");
        }
    }

    @Test
    void the_log_has_the_documented_form_and_a_client_cannot_write_lines_into_it() {
        try (ReferenceBroker broker = broker()) {
            try (TestClient client = TestClient.connect(broker)) {
                client.logon(
                        "evil\\n2026-01-01T00:00:00.0000000+00:00 [1] info: 1F-0004 forged", ",\"v\":\"1\\r\\n2\"");
            }
            String logon = log.await("1F-0004");
            assertThat(logon.lines().findFirst())
                    .hasValueSatisfying(line -> assertThat(line)
                            .matches(
                                    "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}[+-]\\d\\d:\\d\\d \\[\\d+] info: 1F-0004"
                                            + " \\[holdfast-tcp-1-\\d+] AMPS client session logon for: evil\\\\n.*"));
            assertThat(logon.lines().skip(1).map(line -> line.replaceAll(":.*", "")))
                    .containsExactly(
                            "    client authid",
                            "    client name hash",
                            "    client version",
                            "    last acked client seq",
                            "    last txn log client seq",
                            "    correlation id");
            assertThat(log.await("07-0013")).contains("evil\\n").endsWith("reason: connection closed");
            assertThat(log.await("07-0013").lines()).hasSize(1);
        }
    }

    private ReferenceBroker broker() {
        return ReferenceBroker.start(BrokerConfig.builder().operatorLog(log).build());
    }

    private HttpResponse<String> get(ReferenceBroker broker, String path) throws IOException, InterruptedException {
        return http.send(request(broker, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(ReferenceBroker broker, String path) {
        return HttpRequest.newBuilder(URI.create(broker.adminUri() + path)).timeout(Duration.ofSeconds(10));
    }
}
