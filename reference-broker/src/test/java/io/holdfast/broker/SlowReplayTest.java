package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.TestClient.Received;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay goes at the pace of its subscriber: it waits in the log, and nobody is dropped for it. */
class SlowReplayTest {

    private static final int MESSAGES = 20_000;

    @Test
    void a_subscriber_that_lags_far_behind_gets_all_in_order_from_memory() {
        lagBehind(BrokerConfig.builder());
    }

    @Test
    void a_subscriber_that_lags_far_behind_gets_all_in_order_from_disk(@TempDir Path data) {
        lagBehind(BrokerConfig.builder().data(data).journal(JournalOptions.DEFAULTS.withSegmentBytes(1 << 20)));
    }

    private static void lagBehind(BrokerConfig.Builder builder) {
        OperatorLines log = new OperatorLines();
        BrokerConfig config = builder.operatorLog(log)
                .limits(BrokerLimits.DEFAULTS.withOutboundBytes(512 << 10))
                .build();
        String body = "x".repeat(1_000);
        try (ReferenceBroker broker = ReferenceBroker.start(config);
                TestClient publisher = TestClient.named(broker, "pub");
                TestClient subscriber = TestClient.named(broker, "sub")) {
            for (int i = 1; i <= MESSAGES / 2; i++) {
                publisher.publish("orders", i, i + ":" + body);
            }
            subscriber.ask(
                    "{\"c\":\"subscribe\",\"cid\":\"r\",\"sub_id\":\"r\",\"t\":\"^ord\",\"bm\":\"0\",\"a\":\"processed\"}");
            for (int i = MESSAGES / 2 + 1; i <= MESSAGES; i++) {
                publisher.publish("orders", i, i + ":" + body);
            }
            publisher.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            publisher.read(frame -> frame.text("cid").equals("f"));
            for (int i = 1; i <= MESSAGES; i++) {
                Received message = subscriber.read();
                assertThat(message.body()).startsWith(i + ":");
            }
            publisher.publish("orders", MESSAGES + 1, "last");
            assertThat(subscriber.read().body()).isEqualTo("last");
            assertThat(log.all()).noneMatch(line -> line.contains("70-0004"));
        }
    }

    @Test
    void what_the_log_dropped_before_it_was_taken_ends_the_subscriber_instead_of_being_skipped() {
        OperatorLines log = new OperatorLines();
        BrokerConfig config = BrokerConfig.builder()
                .operatorLog(log)
                .limits(BrokerLimits.DEFAULTS.withOutboundBytes(256 << 10).withMemoryLogBytes(1 << 20))
                .build();
        String body = "x".repeat(1_000);
        try (ReferenceBroker broker = ReferenceBroker.start(config);
                TestClient publisher = TestClient.named(broker, "pub");
                TestClient subscriber = TestClient.named(broker, "sub")) {
            subscriber.ask(
                    "{\"c\":\"subscribe\",\"cid\":\"r\",\"sub_id\":\"r\",\"t\":\"orders\",\"bm\":\"0\",\"a\":\"processed\"}");
            for (int i = 1; i <= 30_000; i++) {
                publisher.publish("orders", i, body);
            }
            publisher.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            publisher.read(frame -> frame.text("cid").equals("f"));
            long next = 1;
            try {
                while (next <= 30_000) {
                    assertThat(subscriber.read().text("bm")).endsWith("|" + next + "|");
                    next++;
                }
            } catch (java.io.UncheckedIOException cut) {
                assertThat(log.await("07-0013 client[sub]")).contains("slow client", "keeps no record before");
                return;
            }
            throw new AssertionError("it got everything, so nothing was shown");
        }
    }
}
