package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** One instance sends its log to another: what failover tests stand on. */
class ReplicationTest {

    private final OperatorLines logOfA = new OperatorLines();

    @Test
    void what_is_published_here_is_delivered_and_replayed_there_with_the_same_bookmark() {
        try (ReferenceBroker b = instance("B").start();
                ReferenceBroker a = instance("A").to(b).start();
                TestClient publisher = TestClient.named(a, "pub");
                TestClient there = TestClient.named(b, "sub")) {
            there.subscribe("live", "orders");
            publisher.publish("orders", 7, "seven");
            publisher.send("{\"c\":\"p\",\"t\":\"orders\",\"x\":\"abc\"}unsequenced");
            assertThat(there.read().body()).isEqualTo("seven");
            assertThat(there.read().text("x")).isEqualTo("abc");
            there.ask(
                    "{\"c\":\"subscribe\",\"cid\":\"r\",\"sub_id\":\"r\",\"t\":\"orders\",\"bm\":\"0\",\"a\":\"processed\"}");
            String replayed = there.read().text("bm");
            try (TestClient again = TestClient.connect(a)) {
                assertThat(again.logon("pub", "").text("bm"))
                        .isEqualTo(replayed)
                        .endsWith("|7|");
            }
            try (TestClient failedOver = TestClient.connect(b)) {
                assertThat(failedOver.logon("pub", "").header().path("s").asLong())
                        .isEqualTo(7);
            }
        }
    }

    @Test
    void two_of_one_name_on_two_instances_diverge_and_the_lower_numbers_are_lost_silently() {
        try (ReferenceBroker b = instance("B").start();
                ReferenceBroker a = instance("A").start();
                TestClient high = TestClient.named(a, "pub");
                TestClient low = TestClient.named(b, "pub")) {
            high.publish("orders", 100, "high");
            low.publish("orders", 1, "low");
            high.flush();
            high.read(frame -> frame.text("cid").equals("f"));
            low.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            low.read(frame -> frame.text("cid").equals("f"));
            a.replicateTo(URI.create(b.uri()));
            b.replicateTo(URI.create(a.uri()));
            try (TestClient atA = TestClient.named(a, "watch-a");
                    TestClient atB = TestClient.named(b, "watch-b")) {
                replay(atA);
                replay(atB);
                assertThat(atA.read().body()).isEqualTo("high");
                assertThat(atB.read().body()).isEqualTo("low");
                assertThat(atB.read().body()).isEqualTo("high");
                low.publish("orders", 2, "discarded: it is not above 100");
                high.publish("orders", 101, "higher");
                assertThat(atA.read().body()).as("low was never here").isEqualTo("higher");
                assertThat(atB.read().body()).isEqualTo("higher");
            }
        }
    }

    @Test
    void a_pair_does_not_loop() {
        try (ReferenceBroker b = instance("B").start();
                ReferenceBroker a = instance("A").to(b).start();
                TestClient one = TestClient.named(a, "one");
                TestClient two = TestClient.named(b, "two");
                TestClient atA = TestClient.named(a, "watch");
                TestClient atB = TestClient.named(b, "watch")) {
            b.replicateTo(URI.create(a.uri()));
            replay(atA);
            replay(atB);
            for (int i = 1; i <= 500; i++) {
                one.send("{\"c\":\"p\",\"t\":\"orders\",\"s\":" + i + "}one " + i);
                two.send("{\"c\":\"p\",\"t\":\"orders\"}two " + i);
            }
            one.flush();
            two.flush();
            for (TestClient watcher : new TestClient[] {atA, atB}) {
                int ones = 0;
                int twos = 0;
                while (ones + twos < 1_000) {
                    String body = watcher.read().body();
                    if (body.startsWith("one ")) {
                        assertThat(body).isEqualTo("one " + ++ones);
                    } else {
                        assertThat(body).isEqualTo("two " + ++twos);
                    }
                }
                assertThat(watcher.isQuiet(200)).isTrue();
            }
        }
    }

    @Test
    void a_lost_link_goes_on_where_it_was_and_says_so_once() {
        try (ReferenceBroker b = instance("B").start();
                ReferenceBroker a = instance("A").to(b).start();
                TestClient publisher = TestClient.named(a, "pub");
                TestClient there = TestClient.named(b, "sub")) {
            replay(there);
            publisher.publish("orders", 1, "1");
            assertThat(there.read().body()).isEqualTo("1");
            assertThat(b.faults().drop("~replication-A")).isEqualTo(1);
            publisher.publish("orders", 2, "2");
            publisher.publish("orders", 3, "3");
            assertThat(there.read().body()).isEqualTo("2");
            assertThat(there.read().body()).isEqualTo("3");
            logOfA.await("trying again: connection closed");
            assertThat(logOfA.all().stream().filter(line -> line.contains("HB-0002")))
                    .hasSize(3)
                    .last()
                    .asString()
                    .contains("connected, sending from record 2");
        }
    }

    @Test
    void a_receiver_that_comes_back_with_nothing_gets_everything() {
        try (ReferenceBroker a = startedWithALostReceiver()) {
            assertThat(a.clients()).isEmpty();
        }
    }

    private ReferenceBroker startedWithALostReceiver() {
        int port;
        ReferenceBroker a;
        try (ReferenceBroker b = instance("B").start()) {
            port = b.port();
            a = instance("A").to(b).start();
            try (TestClient publisher = TestClient.named(a, "pub");
                    TestClient there = TestClient.named(b, "sub")) {
                replay(there);
                publisher.publish("orders", 1, "1");
                publisher.publish("orders", 2, "2");
                there.read(frame -> frame.body().equals("2"));
            }
        }
        logOfA.await("trying again");
        try (ReferenceBroker again = instance("B").port(port).start();
                TestClient there = TestClient.named(again, "sub")) {
            replay(there);
            assertThat(there.read().body()).isEqualTo("1");
            assertThat(there.read().body()).isEqualTo("2");
        }
        return a;
    }

    @Test
    void it_is_refused_where_it_is_not_accepted_and_between_two_of_one_name() {
        try (ReferenceBroker closed = ReferenceBroker.start(
                        BrokerConfig.builder().instance("B").build());
                ReferenceBroker a = instance("A").to(closed).start()) {
            assertThat(logOfA.await("HB-0002")).contains("logon refused: replication is not accepted here");
            assertThat(a.clients()).isEmpty();
        }
        try (ReferenceBroker same = instance("A").start();
                ReferenceBroker a = instance("A").to(same).start()) {
            assertThat(logOfA.await("of the same name")).contains("an instance of the same name, A");
            assertThat(a.clients()).isEmpty();
        }
    }

    @Test
    void it_needs_a_log_and_a_target_that_can_be_reached_by_tcp() {
        BrokerConfig.Builder builder = BrokerConfig.builder();
        assertThatThrownBy(
                        () -> builder.replicateTo(URI.create("tcps://host:1")).build())
                .hasMessageContaining("tcp://host:port");
        assertThatThrownBy(() -> BrokerConfig.builder()
                        .transactionLog(false)
                        .acceptReplication(true)
                        .build())
                .hasMessageContaining("transaction log");
    }

    private static void replay(TestClient client) {
        client.ask(
                "{\"c\":\"subscribe\",\"cid\":\"r\",\"sub_id\":\"r\",\"t\":\"orders\",\"bm\":\"0\",\"a\":\"processed\"}");
    }

    private Instance instance(String name) {
        BrokerConfig.Builder builder = BrokerConfig.builder()
                .instance(name)
                .acceptReplication(true)
                .operatorLog(name.equals("A") ? logOfA : line -> {});
        return new Instance(builder);
    }

    private record Instance(BrokerConfig.Builder builder) {

        Instance to(ReferenceBroker target) {
            builder.replicateTo(URI.create(target.uri()));
            return this;
        }

        Instance port(int port) {
            builder.port(port);
            return this;
        }

        ReferenceBroker start() {
            return ReferenceBroker.start(builder.build());
        }
    }
}
