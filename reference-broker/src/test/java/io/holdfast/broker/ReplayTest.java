package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.TestClient.Received;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions that begin at a bookmark. */
class ReplayTest {

    private ReferenceBroker broker;
    private TestClient subscriber;
    private TestClient publisher;
    private String hash;

    @BeforeEach
    void start() {
        broker = ReferenceBroker.start(BrokerConfig.defaults());
        subscriber = TestClient.named(broker, "sub");
        publisher = TestClient.connect(broker);
        hash = publisher.logon("pub", "").text("bm").replaceAll("\\|.*", "");
    }

    @AfterEach
    void stop() {
        subscriber.close();
        publisher.close();
        broker.close();
    }

    @Test
    void epoch_replays_all_that_matches_then_says_completed_then_goes_on() {
        publish("orders", 1);
        publish("trades", 2);
        publish("orders", 3);
        publisher.flush();
        subscribe("r", "orders", "0", "");
        assertMessage(subscriber.read(), "orders", 1);
        assertMessage(subscriber.read(), "orders", 3);
        assertThat(subscriber.read().isAck("completed")).isTrue();
        publish("orders", 4);
        assertMessage(subscriber.read(), "orders", 4);
    }

    @Test
    void a_bookmark_begins_after_its_message_and_a_list_after_the_earliest() {
        publishUpTo(5);
        String second = bookmarkOf(2);
        String fourth = bookmarkOf(4);
        subscribe("one", "orders", fourth, "");
        assertThat(bodiesUntilCompleted()).containsExactly("5");
        subscribe("list", "orders", fourth + "," + second, "");
        assertThat(bodiesUntilCompleted()).containsExactly("3", "4", "5");
        subscribe("now", "orders", "0|1|", "");
        assertThat(bodiesUntilCompleted()).isEmpty();
    }

    @Test
    void a_range_has_four_kinds_of_brackets_and_an_end() {
        publishUpTo(6);
        String range = bookmarkOf(2) + ":" + bookmarkOf(5);
        assertThat(replayed("a", "[" + range + "]")).containsExactly("2", "3", "4", "5");
        assertThat(replayed("b", "(" + range + "]")).containsExactly("3", "4", "5");
        assertThat(replayed("c", "[" + range + ")")).containsExactly("2", "3", "4");
        assertThat(replayed("d", "(" + range + ")")).containsExactly("3", "4");
        assertThat(replayed("e", "[0:" + bookmarkOf(2) + "]")).containsExactly("1", "2");
        assertThat(replayed("f", "[" + bookmarkOf(5) + ":0|1|)")).containsExactly("5", "6");
        assertThat(replayed("g", "[" + bookmarkOf(5) + ":" + bookmarkOf(2) + "]"))
                .isEmpty();
        publish("orders", 7);
        assertThat(nothingBefore("after")).isTrue();
    }

    @Test
    void a_time_begins_with_the_first_message_taken_then_and_one_to_come_waits_for_it() {
        publishUpTo(3);
        subscribe("probe", "orders", "0", "timestamp");
        subscriber.read();
        String second = subscriber.read().text("ts");
        subscriber.read(frame -> frame.isAck("completed"));
        unsubscribe("probe");
        assertThat(replayed("t", second).get(0)).isIn("1", "2"); // 1, if both were taken in one microsecond
        assertThat(replayed("old", "19990101T000000")).containsExactly("1", "2", "3");
        assertThat(replayed("range", "[" + second + ":20990101T000000Z)")).endsWith("2", "3");
        unsubscribe("all");
        subscribe("future", "orders", "20990101T000000Z", "");
        assertThat(subscriber.read().isAck("completed")).isTrue();
        publish("orders", 4);
        assertThat(nothingBefore("quiet")).isTrue();
    }

    @Test
    void an_unknown_bookmark_is_now_or_the_start_or_refused() {
        publishUpTo(2);
        subscribe("now", "orders", "12345|7|", "");
        assertThat(bodiesUntilCompleted()).isEmpty();
        subscribe("epoch", "orders", "12345|7|", "bookmark_not_found=epoch");
        assertThat(bodiesUntilCompleted()).containsExactly("1", "2");
        assertThat(ask("fail", "orders", "12345|7|", "bookmark_not_found=fail").text("reason"))
                .isEqualTo("bookmark not found: 12345|7|");
    }

    @Test
    void what_is_no_bookmark_is_refused_by_name() {
        for (String bad : List.of(
                "x",
                "1|2",
                "-1|2|",
                "99999999999999999999|1|",
                "0,,0",
                "20251301T000000",
                "[0:0",
                "[0]",
                "[0:1:2]",
                "(:0]")) {
            Received answer = ask("bad", "orders", bad, "");
            assertThat(answer.text("status")).as(bad).isEqualTo("failure");
            assertThat(answer.text("reason")).as(bad).startsWith("bad bookmark");
        }
        assertThat(ask("amps", "/AMPS/ClientStatus", "0", "").text("reason")).contains("not logged");
        assertThat(ask("policy", "orders", "0", "bookmark_not_found=never").text("reason"))
                .contains("bookmark_not_found");
    }

    @Test
    void messages_without_a_sequence_are_replayed_and_have_bookmarks() {
        publisher.send("{\"c\":\"p\",\"t\":\"orders\",\"x\":\"abc\"}first");
        publisher.send("{\"c\":\"p\",\"t\":\"orders\"}second");
        publisher.flush();
        subscribe("r", "orders", "0", "");
        Received first = subscriber.read();
        assertThat(first.body()).isEqualTo("first");
        assertThat(first.text("x")).isEqualTo("abc");
        subscriber.read(frame -> frame.isAck("completed"));
        subscribe("after", "orders", first.text("bm"), "");
        assertThat(bodiesUntilCompleted()).containsExactly("second");
    }

    @Test
    void a_bookmark_subscription_and_a_plain_one_of_a_connection_each_get_their_message() {
        subscriber.subscribe("plain", "orders");
        subscribe("replayed", "ord.*", "0|1|", "live");
        subscriber.read(frame -> frame.isAck("completed"));
        publish("orders", 1);
        List<String> ids =
                List.of(subscriber.read().text("sids"), subscriber.read().text("sids"));
        assertThat(ids).containsExactlyInAnyOrder("plain", "replayed");
        assertThat(nothingBefore("done")).isTrue();
    }

    @Test
    void a_held_subscription_waits_in_the_log_and_goes_on_where_it_was() {
        publishUpTo(2);
        subscribe("held", "orders", "0", "pause");
        subscribe("other", "orders", "0", "");
        assertThat(bodiesUntilCompleted()).containsExactly("1", "2");
        unsubscribe("other");
        assertThat(control("held", "resume").text("status")).isEqualTo("success");
        assertThat(bodiesUntilCompleted()).containsExactly("1", "2");
        assertThat(control("held", "pause").text("status")).isEqualTo("success");
        publish("orders", 3);
        assertThat(nothingBefore("quiet")).isTrue();
        control("held", "resume");
        assertMessage(subscriber.read(), "orders", 3);
    }

    @Test
    void only_an_active_bookmark_subscription_can_be_held() {
        subscriber.subscribe("plain", "orders");
        assertThat(control("plain", "pause").text("reason")).contains("bookmark subscription");
        assertThat(control("nobody", "resume").text("reason")).isEqualTo("no such subid");
    }

    @Test
    void replace_begins_anew_and_unsubscribe_ends() {
        publishUpTo(2);
        subscribe("r", "orders", "0", "");
        assertThat(bodiesUntilCompleted()).containsExactly("1", "2");
        assertThat(ask("r", "orders", "0", "").text("reason")).isEqualTo("subid in use");
        subscribe("r", "orders", bookmarkOf(1), "replace");
        assertThat(bodiesUntilCompleted()).containsExactly("2");
        unsubscribe("r");
        publish("orders", 3);
        assertThat(nothingBefore("done")).isTrue();
    }

    @Test
    void a_replay_that_asks_for_persisted_is_told_how_far_it_came() {
        publishUpTo(3);
        subscriber.send("{\"c\":\"subscribe\",\"cid\":\"s\",\"sub_id\":\"r\",\"t\":\"orders\",\"bm\":\"0\","
                + "\"a\":\"processed,persisted,completed\"}");
        Received ack = subscriber.read(Received::isPersisted);
        assertThat(ack.text("sub_id")).isEqualTo("r");
        assertThat(ack.text("bm")).isEqualTo(bookmarkOf(3));
        assertThat(subscriber.read().isAck("completed")).isTrue();
    }

    @Test
    void without_a_log_a_replay_is_refused_and_now_is_a_plain_subscription() {
        try (ReferenceBroker memoryless = ReferenceBroker.start(
                        BrokerConfig.builder().transactionLog(false).build());
                TestClient client = TestClient.named(memoryless, "sub")) {
            Received answer =
                    client.ask("{\"c\":\"subscribe\",\"cid\":\"1\",\"t\":\"orders\",\"bm\":\"0\",\"a\":\"processed\"}");
            assertThat(answer.text("reason")).isEqualTo("bookmark replay needs a transaction log");
            client.ask("{\"c\":\"subscribe\",\"cid\":\"2\",\"t\":\"orders\",\"bm\":\"0|1|\",\"a\":\"processed\"}");
            client.send("{\"c\":\"p\",\"t\":\"orders\"}x");
            assertThat(client.read().body()).isEqualTo("x");
        }
    }

    private void publishUpTo(int last) {
        for (int i = 1; i <= last; i++) {
            publish("orders", i);
        }
        publisher.flush();
    }

    private void publish(String topic, int sequence) {
        publisher.send("{\"c\":\"p\",\"t\":\"" + topic + "\",\"s\":" + sequence + "}" + sequence);
    }

    private String bookmarkOf(int sequence) {
        return hash + "|" + sequence + "|";
    }

    private void subscribe(String id, String topic, String bookmark, String options) {
        Received answer = ask(id, topic, bookmark, options);
        assertThat(answer.text("status")).as(answer.toString()).isEqualTo("success");
    }

    private Received ask(String id, String topic, String bookmark, String options) {
        return subscriber.ask("{\"c\":\"subscribe\",\"cid\":\"c-" + id + "\",\"sub_id\":\"" + id + "\",\"t\":\"" + topic
                + "\",\"bm\":\"" + bookmark + "\",\"o\":\"" + options + "\",\"a\":\"processed,completed\"}");
    }

    private Received control(String ids, String option) {
        return subscriber.ask("{\"c\":\"subscribe\",\"cid\":\"p\",\"sub_id\":\"" + ids + "\",\"o\":\"" + option
                + "\",\"a\":\"processed\"}");
    }

    private void unsubscribe(String ids) {
        subscriber.ask("{\"c\":\"unsubscribe\",\"cid\":\"u\",\"sub_id\":\"" + ids + "\",\"a\":\"processed\"}");
    }

    private List<String> replayed(String id, String bookmark) {
        subscribe(id, "orders", bookmark, "");
        return bodiesUntilCompleted();
    }

    private List<String> bodiesUntilCompleted() {
        List<String> bodies = new ArrayList<>();
        Received next = subscriber.read();
        while (!next.isAck("completed")) {
            bodies.add(next.body());
            next = subscriber.read();
        }
        return bodies;
    }

    private boolean nothingBefore(String id) {
        publisher.flush();
        return subscriber
                .ask("{\"c\":\"flush\",\"cid\":\"" + id + "\",\"a\":\"completed\"}")
                .text("cid")
                .equals(id);
    }

    private static void assertMessage(Received message, String topic, int sequence) {
        assertThat(message.text("t")).isEqualTo(topic);
        assertThat(message.body()).isEqualTo(Integer.toString(sequence));
        assertThat(message.text("bm")).matches("[0-9]+\\|" + sequence + "\\|");
    }
}
