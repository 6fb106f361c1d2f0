package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.broker.TestClient.Received;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker with a data folder, ended and started again. */
class DurabilityTest {

    @TempDir
    private Path data;

    @Test
    void sequences_messages_and_bookmarks_outlive_the_broker() {
        String bookmark;
        try (ReferenceBroker broker = start();
                TestClient publisher = TestClient.named(broker, "pub")) {
            publisher.publish("orders", 41, "a");
            publisher.send("{\"c\":\"p\",\"t\":\"orders\",\"x\":\"abc\"}unsequenced");
            publisher.publish("orders", 42, "b");
            publisher.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            bookmark = publisher.read(Received::isPersisted).text("bm");
        }
        try (ReferenceBroker broker = start();
                TestClient publisher = TestClient.connect(broker);
                TestClient subscriber = TestClient.named(broker, "sub")) {
            Received ack = publisher.logon("pub", "");
            assertThat(ack.header().path("s").asLong()).isEqualTo(42);
            assertThat(ack.text("bm")).isEqualTo(bookmark);
            publisher.publish("orders", 42, "again: discarded");
            publisher.send("{\"c\":\"p\",\"t\":\"orders\"}unsequenced too");
            publisher.publish("orders", 43, "c");
            publisher.flush();
            subscribe(subscriber, "log", "0");
            List<Received> all = read(subscriber, 5);
            assertThat(all.stream().map(Received::body))
                    .containsExactly("a", "unsequenced", "b", "unsequenced too", "c");
            assertThat(all.stream().map(m -> m.text("bm"))).doesNotHaveDuplicates();
            subscribe(subscriber, "after", bookmark);
            subscriber.read(
                    frame -> frame.text("sids").equals("after") && frame.body().equals("unsequenced too"));
        }
    }

    @Test
    void a_folder_in_use_stops_the_second_broker_with_a_reason() {
        try (ReferenceBroker first = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(BrokerStartException.class)
                    .satisfies(e -> assertThat(((BrokerStartException) e).kind())
                            .isEqualTo(BrokerStartException.Cause.BAD_JOURNAL));
            assertThat(first.clients()).isEmpty();
        }
    }

    private ReferenceBroker start() {
        return ReferenceBroker.start(BrokerConfig.builder().data(data).build());
    }

    private static void subscribe(TestClient client, String id, String bookmark) {
        client.ask("{\"c\":\"subscribe\",\"cid\":\"c\",\"sub_id\":\"" + id + "\",\"t\":\"orders\",\"bm\":\"" + bookmark
                + "\",\"a\":\"processed\"}");
    }

    private static List<Received> read(TestClient client, int count) {
        List<Received> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(client.read());
        }
        return messages;
    }
}
