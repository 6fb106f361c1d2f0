package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many publishers, many subscribers, one order. */
class TotalOrderTest {

    private static final int PUBLISHERS = 4;
    private static final int MESSAGES = 2_000;

    @Test
    void all_subscribers_see_all_messages_in_one_order() throws Exception {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults());
                TestClient one = TestClient.named(broker, "one");
                TestClient two = TestClient.named(broker, "two")) {
            one.subscribe("1", "orders");
            two.subscribe("1", "ord.*");
            List<CompletableFuture<Void>> publishers = new ArrayList<>();
            for (int p = 0; p < PUBLISHERS; p++) {
                int number = p;
                publishers.add(CompletableFuture.runAsync(() -> publish(broker, number)));
            }
            CompletableFuture<List<String>> seenByTwo = CompletableFuture.supplyAsync(() -> read(two));
            List<String> seenByOne = read(one);

            assertThat(seenByTwo.get(30, TimeUnit.SECONDS)).isEqualTo(seenByOne);
            for (CompletableFuture<Void> publisher : publishers) {
                publisher.get(30, TimeUnit.SECONDS);
            }
            for (int p = 0; p < PUBLISHERS; p++) {
                String prefix = p + ":";
                List<String> own =
                        seenByOne.stream().filter(m -> m.startsWith(prefix)).toList();
                assertThat(own).hasSize(MESSAGES);
                for (int i = 0; i < MESSAGES; i++) {
                    assertThat(own.get(i)).isEqualTo(prefix + (i + 1));
                }
            }
        }
    }

    private static void publish(ReferenceBroker broker, int number) {
        try (TestClient publisher = TestClient.named(broker, "pub-" + number)) {
            for (int i = 1; i <= MESSAGES; i++) {
                publisher.send("{\"c\":\"p\",\"t\":\"orders\",\"s\":" + i + "}" + number + ":" + i);
            }
            publisher.flush();
        }
    }

    private static List<String> read(TestClient subscriber) {
        List<String> seen = new ArrayList<>();
        while (seen.size() < PUBLISHERS * MESSAGES) {
            seen.add(subscriber.read().body());
        }
        return seen;
    }
}
