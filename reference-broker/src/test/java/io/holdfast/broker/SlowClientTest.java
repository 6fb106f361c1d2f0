package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who does not take its messages is dropped; nobody else notices. */
class SlowClientTest {

    @Test
    void a_slow_subscriber_is_dropped_while_another_gets_everything() {
        OperatorLines log = new OperatorLines();
        BrokerConfig config = BrokerConfig.builder()
                .operatorLog(log)
                .limits(BrokerLimits.DEFAULTS.withOutboundBytes(256 << 10))
                .build();
        int messages = 4_000;
        try (ReferenceBroker broker = ReferenceBroker.start(config);
                TestClient slow = TestClient.named(broker, "slow");
                TestClient fast = TestClient.named(broker, "fast");
                TestClient status = TestClient.named(broker, "status");
                TestClient publisher = TestClient.named(broker, "pub")) {
            slow.subscribe("1", "bulk");
            fast.subscribe("1", "bulk");
            status.subscribe("1", "/AMPS/ClientStatus");
            String body = "x".repeat(4_000);
            for (int i = 0; i < messages; i++) {
                publisher.send("{\"c\":\"p\",\"t\":\"bulk\"}" + i + ":" + body);
                assertThat(fast.read().body()).startsWith(i + ":");
            }
            assertThat(log.await("70-0004"))
                    .endsWith("client[slow] is not consuming messages, disconnecting slow client");
            assertThat(log.await("07-0013 client[slow]")).endsWith("reason: slow client");
            TestClient.Received event =
                    status.read(e -> e.json().at("/ClientStatus/event").asText().equals("disconnect"));
            assertThat(event.json().at("/ClientStatus/reason").asText()).isEqualTo("slow client");
            assertThat(event.json().at("/ClientStatus/client_name").asText()).isEqualTo("slow");
        }
    }
}
