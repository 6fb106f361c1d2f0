package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Signs of life, in both directions. */
class HeartbeatTest {

    private static final String START = "{\"c\":\"heartbeat\",\"cid\":\"h\",\"o\":\"start,1\",\"a\":\"processed\"}";

    private final OperatorLines log = new OperatorLines();

    @Test
    void an_idle_broker_beats_and_a_client_that_answers_stays() {
        try (ReferenceBroker broker = broker();
                TestClient client = TestClient.named(broker, "alice")) {
            assertThat(client.ask(START).text("status")).isEqualTo("success");
            for (int i = 0; i < 4; i++) {
                assertThat(client.read().text("c")).isEqualTo("heartbeat");
                client.send("{\"c\":\"heartbeat\",\"o\":\"beat\"}");
            }
            assertThat(broker.clients()).hasSize(1);
        }
    }

    @Test
    void a_client_silent_for_two_intervals_is_dropped_and_the_log_says_why() {
        try (ReferenceBroker broker = broker();
                TestClient client = TestClient.named(broker, "alice")) {
            client.ask(START);
            long started = System.nanoTime();
            assertThatThrownBy(() -> client.read(frame -> !frame.text("c").equals("heartbeat")))
                    .isInstanceOf(UncheckedIOException.class); // beats, then the end
            assertThat(System.nanoTime() - started).isBetween(1_900_000_000L, 4_000_000_000L);
            assertThat(log.await("07-0042")).endsWith("disconnecting an unresponsive client: alice");
            assertThat(log.await("07-0013")).endsWith("reason: heartbeat");
        }
    }

    @Test
    void bad_options_are_refused() {
        try (ReferenceBroker broker = broker();
                TestClient client = TestClient.named(broker, "alice")) {
            for (String options : new String[] {"start", "start,0", "start,999ms", "start,x", "stop", "start,99999"}) {
                assertThat(client.ask("{\"c\":\"heartbeat\",\"cid\":\"h\",\"a\":\"processed\",\"o\":\"" + options
                                        + "\"}")
                                .text("status"))
                        .isEqualTo("failure");
            }
        }
    }

    private ReferenceBroker broker() {
        return ReferenceBroker.start(BrokerConfig.builder().operatorLog(log).build());
    }

    @Test
    void a_broker_that_was_held_up_does_not_hold_its_own_deafness_against_a_client() throws InterruptedException {
        CountDownLatch heldUp = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        BrokerConfig config = BrokerConfig.builder()
                .operatorLog(line -> {
                    if (line.contains("logon for: freeze")) {
                        heldUp.countDown();
                        try {
                            never.await(
                                    2_500, TimeUnit.MILLISECONDS); // more than two intervals in which nothing is read
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                })
                .build();
        try (ReferenceBroker broker = ReferenceBroker.start(config);
                TestClient lively = TestClient.named(broker, "lively");
                TestClient freeze = TestClient.connect(broker)) {
            lively.ask("{\"c\":\"heartbeat\",\"cid\":\"1\",\"o\":\"start,1\",\"a\":\"processed\"}");
            freeze.send("{\"c\":\"logon\",\"client_name\":\"freeze\"}");
            assertThat(heldUp.await(10, TimeUnit.SECONDS)).isTrue();
            lively.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(lively.read(frame -> frame.text("c").equals("ack")).text("cid"))
                    .isEqualTo("f");
        }
    }
}
