package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.TestClient.Received;
import org.junit.jupiter.api.Test;

/** Sequences per name, duplicates, and the three ways of acknowledging a publish. */
class PublishTest {

    @Test
    void a_duplicate_is_discarded_without_a_word_but_covered_by_the_ack() {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults());
                TestClient subscriber = TestClient.named(broker, "sub");
                TestClient publisher = TestClient.named(broker, "pub")) {
            subscriber.subscribe("1", "orders");
            publisher.publish("orders", 1, "one");
            publisher.publish("orders", 5, "five");
            publisher.publish("orders", 3, "late");
            publisher.publish("orders", 5, "again");
            publisher.publish("orders", 6, "six");
            publisher.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");

            assertThat(publisher.read()).satisfies(ack -> assertAck(ack, "success", 6));
            assertThat(publisher.read().text("cid")).isEqualTo("f");
            assertThat(subscriber.read().body()).isEqualTo("one");
            assertThat(subscriber.read().body()).isEqualTo("five");
            assertThat(subscriber.read().body()).isEqualTo("six");
        }
    }

    @Test
    void a_name_that_comes_back_is_told_where_it_stopped() {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults())) {
            try (TestClient first = TestClient.named(broker, "pub")) {
                first.publish("orders", 41, "a");
                first.publish("orders", 42, "b");
                first.read(Received::isPersisted);
            }
            try (TestClient again = TestClient.connect(broker);
                    TestClient other = TestClient.connect(broker)) {
                Received ack = again.logon("pub", "");
                assertThat(ack.header().path("s").asLong()).isEqualTo(42);
                assertThat(ack.text("bm")).endsWith("|42|");
                assertThat(other.logon("other", "").header().path("s").asLong()).isZero();
            }
        }
    }

    @Test
    void successes_are_conflated_until_the_interval_of_the_logon() {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults());
                TestClient publisher = TestClient.connect(broker)) {
            publisher.logon("pub", ",\"o\":\"ack_conflation=300ms\"");
            long started = System.nanoTime();
            for (int i = 1; i <= 1000; i++) {
                publisher.publish("orders", i, "{}");
            }
            Received ack = publisher.read();
            assertThat(System.nanoTime() - started).isGreaterThan(250_000_000L);
            assertAck(ack, "success", 1000);
            assertThat(ack.header().has("cid")).isFalse();
            assertThat(ack.text("bm")).endsWith("|1000|");
        }
    }

    @Test
    void a_flush_sends_the_pending_ack_at_once_and_before_its_own() {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults());
                TestClient publisher = TestClient.connect(broker)) {
            publisher.logon("pub", ",\"o\":\"ack_conflation=1m\"");
            publisher.publish("orders", 7, "{}");
            publisher.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"processed,completed\"}");
            assertAck(publisher.read(), "success", 7);
            assertThat(publisher.read().isAck("processed")).isTrue();
            assertThat(publisher.read().isAck("completed")).isTrue();
        }
    }

    @Test
    void one_refused_of_five_is_told_between_two_successes() {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults());
                TestClient publisher = TestClient.named(broker, "pub")) {
            for (int i = 1; i <= 5; i++) {
                publisher.publish(i == 3 ? "/AMPS/ClientStatus" : "orders", i, "{}");
            }
            publisher.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertAck(publisher.read(), "success", 2);
            Received failure = publisher.read();
            assertAck(failure, "failure", 3);
            assertThat(failure.text("reason")).isEqualTo("invalid topic");
            assertAck(publisher.read(), "success", 5);
            assertThat(publisher.read().text("cid")).isEqualTo("f");
        }
    }

    @Test
    void without_a_log_each_publish_that_asks_has_its_own_ack() {
        try (ReferenceBroker broker = ReferenceBroker.start(
                        BrokerConfig.builder().transactionLog(false).build());
                TestClient publisher = TestClient.named(broker, "pub")) {
            publisher.send("{\"c\":\"p\",\"cid\":\"a\",\"t\":\"orders\",\"s\":1,\"a\":\"persisted\"}x");
            publisher.send("{\"c\":\"p\",\"cid\":\"quiet\",\"t\":\"orders\",\"s\":2}x");
            publisher.send("{\"c\":\"p\",\"cid\":\"b\",\"t\":\"orders\",\"s\":3,\"a\":\"processed,persisted\"}x");
            Received first = publisher.read();
            assertAck(first, "success", 1);
            assertThat(first.text("cid")).isEqualTo("a");
            assertThat(publisher.read().isAck("processed")).isTrue();
            assertThat(publisher.read().text("cid")).isEqualTo("b");
        }
    }

    @Test
    void two_holders_of_one_name_share_its_sequence_and_the_lower_one_loses_silently() {
        try (ReferenceBroker broker = ReferenceBroker.start(
                        BrokerConfig.builder().transactionLog(false).build());
                TestClient subscriber = TestClient.named(broker, "sub");
                TestClient high = TestClient.named(broker, "pub");
                TestClient low = TestClient.named(broker, "pub")) {
            subscriber.subscribe("1", "orders");
            high.publish("orders", 100, "high");
            assertAck(high.read(), "success", 100);
            low.publish("orders", 1, "low");
            assertAck(low.read(), "success", 1);
            high.publish("orders", 101, "higher");
            assertThat(subscriber.read().body()).isEqualTo("high");
            assertThat(subscriber.read().body()).isEqualTo("higher");
        }
    }

    @Test
    void a_publish_without_topic_or_with_a_bad_token_is_refused_and_the_connection_stays() {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults());
                TestClient publisher = TestClient.named(broker, "pub")) {
            assertThat(publisher
                            .ask("{\"c\":\"p\",\"s\":1,\"a\":\"persisted\"}x")
                            .text("reason"))
                    .isEqualTo("no topic");
            assertThat(publisher
                            .ask("{\"c\":\"p\",\"t\":\"o\",\"x\":\"not base64!\",\"s\":2,\"a\":\"processed\"}x")
                            .text("status"))
                    .isEqualTo("failure");
            assertThat(publisher
                            .ask("{\"c\":\"sow\",\"cid\":\"q\",\"t\":\"o\",\"a\":\"processed\"}")
                            .text("reason"))
                    .isEqualTo("invalid topic");
        }
    }

    private static void assertAck(Received ack, String status, long sequence) {
        assertThat(ack.isPersisted()).isTrue();
        assertThat(ack.text("status")).isEqualTo(status);
        assertThat(ack.header().path("s").asLong()).isEqualTo(sequence);
    }
}
