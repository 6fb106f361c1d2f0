package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may have a name: the four cases of the protocol text, section 3. */
class LogonTest {

    private final OperatorLines log = new OperatorLines();

    @TempDir
    private Path folder;

    @Test
    void the_ack_tells_name_last_sequence_bookmark_and_version() {
        try (ReferenceBroker broker = broker(BrokerConfig.builder());
                TestClient client = TestClient.connect(broker)) {
            TestClient.Received ack = client.logon("alice", ",\"x\":\"dG9rZW4=\",\"version\":\"1.0\"");

            assertThat(ack.text("a")).isEqualTo("processed");
            assertThat(ack.text("cid")).isEqualTo("0");
            assertThat(ack.text("status")).isEqualTo("success");
            assertThat(ack.text("client_name")).isEqualTo("alice");
            assertThat(ack.header().path("s").isNumber()).isTrue();
            assertThat(ack.header().path("s").asLong()).isZero();
            assertThat(ack.text("bm")).matches("[0-9]{1,20}\\|0\\|");
            assertThat(ack.text("version")).isNotEmpty();
            assertThat(broker.clients()).singleElement().satisfies(info -> {
                assertThat(info.clientName()).isEqualTo("alice");
                assertThat(info.correlationId()).isEqualTo("dG9rZW4=");
                assertThat(info.authenticatedId()).isNull();
                assertThat(info.remoteAddress()).startsWith("127.0.0.1:");
            });
        }
    }

    @Test
    void with_the_log_on_the_newest_evicts_the_holder_without_a_word_and_goes_on() {
        try (ReferenceBroker broker = broker(BrokerConfig.builder());
                TestClient holder = TestClient.named(broker, "alice");
                TestClient rival = TestClient.named(broker, "alice")) {
            assertThat(holder.isClosedWithoutAWord()).isTrue();
            assertThat(rival.subscribe("1", "orders").text("status")).isEqualTo("success");
            rival.publish("orders", 1, "{}");
            assertThat(rival.read().body()).isEqualTo("{}");
            assertThat(broker.clients()).hasSize(1);
            assertThat(log.await("02-0025")).contains("forced a disconnect of client: client[alice] with user id: ");
            assertThat(log.await("07-0013")).endsWith("client[alice] disconnected. reason: name in use");
        }
    }

    @Test
    void another_user_is_refused_and_the_holder_stays() throws Exception {
        try (ReferenceBroker broker = broker(BrokerConfig.builder().users(users()));
                TestClient holder = TestClient.connect(broker);
                TestClient rival = TestClient.connect(broker)) {
            assertThat(holder.logon("desk", ",\"user_id\":\"alice\",\"pw\":\"a\"")
                            .text("status"))
                    .isEqualTo("success");
            TestClient.Received refusal = rival.logon("desk", ",\"user_id\":\"bob\",\"pw\":\"b\"");

            assertThat(refusal.text("status")).isEqualTo("failure");
            assertThat(refusal.text("reason")).isEqualTo("name in use");
            assertThat(rival.isClosedWithoutAWord()).isTrue();
            assertThat(holder.flush().text("status")).isEqualTo("success");
            assertThat(broker.clients())
                    .singleElement()
                    .satisfies(info -> assertThat(info.authenticatedId()).isEqualTo("alice"));
        }
    }

    @Test
    void the_same_user_evicts_from_any_address_when_authentication_is_on() throws Exception {
        try (ReferenceBroker broker = broker(BrokerConfig.builder().users(users()));
                TestClient holder = TestClient.connect(broker);
                TestClient rival = TestClient.connect(broker)) {
            holder.logon("desk", ",\"user_id\":\"alice\",\"pw\":\"a\"");
            assertThat(rival.logon("desk", ",\"user_id\":\"alice\",\"pw\":\"a\"")
                            .text("status"))
                    .isEqualTo("success");
            assertThat(holder.isClosedWithoutAWord()).isTrue();
            assertThat(log.await("02-0025")).endsWith("client[desk] with user id: alice");
        }
    }

    @Test
    void with_the_log_off_a_name_may_be_held_twice() {
        try (ReferenceBroker broker = broker(BrokerConfig.builder().transactionLog(false));
                TestClient one = TestClient.named(broker, "alice");
                TestClient two = TestClient.named(broker, "alice")) {
            assertThat(one.flush().text("status")).isEqualTo("success");
            assertThat(two.flush().text("status")).isEqualTo("success");
            assertThat(broker.clients()).hasSize(2);
        }
    }

    @Test
    void a_wrong_password_is_an_auth_failure_and_the_connection_is_closed() throws Exception {
        try (ReferenceBroker broker = broker(BrokerConfig.builder().users(users()))) {
            for (String who : new String[] {"\"alice\",\"pw\":\"b\"", "\"nobody\",\"pw\":\"a\"", "\"alice\""}) {
                try (TestClient client = TestClient.connect(broker)) {
                    TestClient.Received refusal = client.logon("x", ",\"user_id\":" + who);
                    assertThat(refusal.text("status")).isEqualTo("failure");
                    assertThat(refusal.text("reason")).isEqualTo("auth failure");
                    assertThat(client.isClosedWithoutAWord()).isTrue();
                }
            }
            assertThat(log.await("07-0013")).contains("reason: auth");
            assertThat(broker.clients()).isEmpty();
        }
    }

    @Test
    void commands_sent_behind_a_logon_wait_for_its_password_check() throws Exception {
        try (ReferenceBroker broker = broker(BrokerConfig.builder().users(users()));
                TestClient client = TestClient.connect(broker)) {
            client.send("{\"c\":\"logon\",\"cid\":\"0\",\"client_name\":\"a\",\"user_id\":\"alice\",\"pw\":\"a\"}");
            assertThat(client.flush().text("status")).isEqualTo("success");
        }
    }

    @Test
    void a_first_command_that_is_no_logon_is_refused_and_closed() {
        try (ReferenceBroker broker = broker(BrokerConfig.builder());
                TestClient client = TestClient.connect(broker)) {
            TestClient.Received refusal = client.subscribe("1", "orders");
            assertThat(refusal.text("status")).isEqualTo("failure");
            assertThat(refusal.text("cid")).isEqualTo("s-1");
            assertThat(client.isClosedWithoutAWord()).isTrue();
        }
    }

    @Test
    void a_second_logon_closes_the_connection() {
        try (ReferenceBroker broker = broker(BrokerConfig.builder());
                TestClient client = TestClient.named(broker, "alice")) {
            client.send("{\"c\":\"logon\",\"cid\":\"1\",\"client_name\":\"bob\",\"a\":\"processed\"}");
            assertThat(client.isClosedWithoutAWord()).isTrue();
            assertThat(log.await("07-0013")).contains("protocol error (a second logon)");
        }
    }

    @Test
    void who_never_logs_on_is_closed_at_the_deadline() {
        BrokerLimits limits = BrokerLimits.DEFAULTS.withLogonDeadline(Duration.ofMillis(200));
        try (ReferenceBroker broker = broker(BrokerConfig.builder().limits(limits));
                TestClient silent = TestClient.connect(broker)) {
            assertThat(silent.isClosedWithoutAWord()).isTrue();
            assertThat(log.await("07-0013")).contains("reason: logon timeout");
        }
    }

    @Test
    void one_connection_too_many_is_closed_and_the_others_stay() {
        BrokerLimits limits = BrokerLimits.DEFAULTS.withMaxConnections(1);
        try (ReferenceBroker broker = broker(BrokerConfig.builder().limits(limits));
                TestClient first = TestClient.named(broker, "first");
                TestClient second = TestClient.connect(broker)) {
            assertThat(second.isClosedWithoutAWord()).isTrue();
            assertThat(first.flush().text("status")).isEqualTo("success");
        }
    }

    private ReferenceBroker broker(BrokerConfig.Builder config) {
        return ReferenceBroker.start(config.operatorLog(log).build());
    }

    private Path users() throws IOException {
        return Files.writeString(folder.resolve("users"), "alice:{noop}a\nbob:{noop}b\n");
    }
}
