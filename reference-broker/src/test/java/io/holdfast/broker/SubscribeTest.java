package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Topics, patterns, subscription ids, and what is refused. */
class SubscribeTest {

    private ReferenceBroker broker;
    private TestClient subscriber;
    private TestClient publisher;

    @BeforeEach
    void start() {
        broker = ReferenceBroker.start(BrokerConfig.defaults());
        subscriber = TestClient.named(broker, "sub");
        publisher = TestClient.named(broker, "pub");
    }

    @AfterEach
    void stop() {
        subscriber.close();
        publisher.close();
        broker.close();
    }

    @Test
    void a_message_carries_topic_ids_token_and_body() {
        subscriber.subscribe("a", "orders");
        publisher.send("{\"c\":\"p\",\"t\":\"orders\",\"x\":\"abc=\"}{\"id\":1}");
        TestClient.Received message = subscriber.read();
        assertThat(message.text("c")).isEqualTo("publish");
        assertThat(message.text("t")).isEqualTo("orders");
        assertThat(message.text("sids")).isEqualTo("a");
        assertThat(message.text("x")).isEqualTo("abc=");
        assertThat(message.body()).isEqualTo("{\"id\":1}");
    }

    @Test
    void a_pattern_matches_anywhere_unless_anchored_and_a_literal_only_itself() {
        subscriber.subscribe("any", "[o]rder");
        subscriber.subscribe("anchored", "^orders$");
        subscriber.subscribe("literal", "orders");
        publish("orders", "1");
        assertThat(subscriber.read().text("sids").split(",")).containsExactlyInAnyOrder("any", "anchored", "literal");
        publish("my_orders_eu", "2");
        assertThat(subscriber.read().text("sids")).isEqualTo("any");
        publish("trades", "3");
        assertThat(nothingBefore("done")).isTrue();
    }

    @Test
    void publishing_is_literal_and_non_regex_topic_makes_a_subscription_literal() {
        subscriber.ask("{\"c\":\"subscribe\",\"cid\":\"1\",\"sub_id\":\"l\",\"t\":\"a.c\",\"o\":\"non_regex_topic\","
                + "\"a\":\"processed\"}");
        publish("abc", "no");
        publish("a.c", "yes");
        assertThat(subscriber.read().body()).isEqualTo("yes");
    }

    @Test
    void a_message_that_matches_twice_comes_once_with_both_ids() {
        subscriber.subscribe("a", "orders");
        subscriber.subscribe("b", "ord.*");
        publish("orders", "x");
        assertThat(subscriber.read().text("sids")).isEqualTo("a,b");
        assertThat(nothingBefore("done")).isTrue();
    }

    @Test
    void subscriptions_are_ended_one_by_one_by_list_or_all_at_once() {
        for (String id : new String[] {"a", "b", "c", "d", "e"}) {
            subscriber.subscribe(id, "orders");
        }
        unsubscribe("a");
        publish("orders", "1");
        assertThat(subscriber.read().text("sids")).isEqualTo("b,c,d,e");
        unsubscribe("b,d");
        publish("orders", "2");
        assertThat(subscriber.read().text("sids")).isEqualTo("c,e");
        unsubscribe("all");
        publish("orders", "3");
        assertThat(nothingBefore("done")).isTrue();
    }

    @Test
    void an_active_id_is_refused_unless_it_is_to_be_replaced() {
        subscriber.subscribe("a", "orders");
        assertThat(subscriber.subscribe("a", "trades").text("reason")).isEqualTo("subid in use");
        assertThat(subscriber
                        .ask("{\"c\":\"subscribe\",\"cid\":\"9\",\"sub_id\":\"a\",\"t\":\"trades\",\"o\":\"replace\","
                                + "\"a\":\"processed\"}")
                        .text("status"))
                .isEqualTo("success");
        publish("orders", "old");
        publish("trades", "new");
        assertThat(subscriber.read().body()).isEqualTo("new");
    }

    @Test
    void a_bad_pattern_a_filter_and_an_option_we_lack_are_refused_by_name() {
        assertThat(subscriber.subscribe("a", "or(ders").text("reason")).isEqualTo("bad regex topic");
        assertThat(subscriber.subscribe("a", "((x{1000}){1000}){1000}").text("reason"))
                .isEqualTo("bad regex topic");
        assertThat(subscriber.subscribe("a", "").text("reason")).isEqualTo("no topic");
        assertThat(subscriber
                        .ask("{\"c\":\"subscribe\",\"cid\":\"1\",\"t\":\"o\",\"f\":\"/id = 1\",\"a\":\"processed\"}")
                        .text("reason"))
                .isEqualTo("bad filter");
        assertThat(subscriber
                        .ask(
                                "{\"c\":\"subscribe\",\"cid\":\"1\",\"t\":\"o\",\"o\":\"conflation=1s\",\"a\":\"processed\"}")
                        .text("reason"))
                .contains("conflation");
    }

    @Test
    void a_pattern_that_explodes_elsewhere_does_not_stop_this_broker() {
        subscriber.subscribe("evil", "(a+)+$");
        long started = System.nanoTime();
        publish("a".repeat(2000) + "!", "x");
        publish("b", "y");
        publish("aaa", "z");
        assertThat(subscriber.read().body()).isEqualTo("z");
        assertThat(System.nanoTime() - started).isLessThan(5_000_000_000L);
    }

    @Test
    void the_expressions_of_one_connection_have_a_bound_together() {
        String heavy = "^(.|a){1000}$"; // counts for 13,000
        for (int i = 1; i <= 7; i++) {
            assertThat(subscriber.subscribe("heavy-" + i, heavy).text("status")).isEqualTo("success");
        }
        assertThat(subscriber.subscribe("heavy-8", heavy).text("reason")).isEqualTo("too many subscriptions");
        assertThat(subscriber.subscribe("literal", "orders").text("status")).isEqualTo("success");
        assertThat(publisher.subscribe("heavy", heavy).text("status"))
                .as("another connection's")
                .isEqualTo("success");
        unsubscribe("heavy-1");
        assertThat(subscriber.subscribe("heavy-8", heavy).text("status")).isEqualTo("success");
        assertThat(subscriber
                        .ask("{\"c\":\"subscribe\",\"cid\":\"9\",\"sub_id\":\"heavy-8\",\"t\":\"" + heavy
                                + "\",\"o\":\"replace\",\"a\":\"processed\"}")
                        .text("status"))
                .isEqualTo("success");
    }

    @Test
    void bookmarks_and_timestamps_come_to_those_who_ask() {
        subscriber.ask(
                "{\"c\":\"subscribe\",\"cid\":\"1\",\"sub_id\":\"m\",\"t\":\"orders\",\"o\":\"bookmark,timestamp\","
                        + "\"a\":\"processed\"}");
        publisher.send("{\"c\":\"p\",\"t\":\"orders\",\"s\":\"12\"}x");
        TestClient.Received message = subscriber.read();
        assertThat(message.text("bm")).matches("[0-9]+\\|12\\|");
        assertThat(message.text("ts")).matches("[0-9]{8}T[0-9]{6}\\.[0-9]{6}Z");
    }

    private void publish(String topic, String body) {
        publisher.send("{\"c\":\"p\",\"t\":\"" + topic + "\"}" + body);
    }

    private void unsubscribe(String ids) {
        assertThat(subscriber
                        .ask("{\"c\":\"unsubscribe\",\"cid\":\"u\",\"sub_id\":\"" + ids + "\",\"a\":\"processed\"}")
                        .text("status"))
                .isEqualTo("success");
    }

    /** A flush of both is behind everything before it. */
    private boolean nothingBefore(String id) {
        publisher.flush();
        return subscriber
                .ask("{\"c\":\"flush\",\"cid\":\"" + id + "\",\"a\":\"completed\"}")
                .text("cid")
                .equals(id);
    }
}
