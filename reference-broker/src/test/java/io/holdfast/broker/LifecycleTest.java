package io.holdfast.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, failing to start, and leaving nothing behind. */
class LifecycleTest {

    @TempDir
    private Path folder;

    @Test
    void close_ends_connections_and_threads_also_with_users_and_admin() throws Exception {
        Path users = Files.writeString(folder.resolve("users"), "alice:{noop}a\n");
        ReferenceBroker broker = ReferenceBroker.start(
                BrokerConfig.builder().instance("leaktest").users(users).build());
        try (TestClient client = TestClient.connect(broker)) {
            client.logon("a", ",\"user_id\":\"alice\",\"pw\":\"a\"");
            assertThat(threads()).isNotEmpty();
            broker.close();
            broker.close();
            assertThat(client.isClosedWithoutAWord()).isTrue();
        }
        assertThat(threads()).isEmpty();
    }

    @Test
    void a_thread_that_is_interrupted_closes_everything_too_and_the_folder_can_be_opened_again() {
        BrokerConfig config = BrokerConfig.builder()
                .instance("leaktest")
                .data(folder.resolve("data"))
                .build();
        ReferenceBroker broker = ReferenceBroker.start(config);
        Thread.currentThread().interrupt();
        try {
            broker.close();
        } finally {
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        }
        assertThat(threads()).isEmpty();
        ReferenceBroker.start(config).close();
    }

    @Test
    void a_thousand_connects_and_closes_leave_no_session() {
        OperatorLines log = new OperatorLines();
        try (ReferenceBroker broker =
                ReferenceBroker.start(BrokerConfig.builder().operatorLog(log).build())) {
            for (int i = 0; i < 1_000; i++) {
                TestClient.named(broker, "c" + i).close();
            }
            log.await("client[c999] disconnected");
            assertThat(broker.clients()).isEmpty();
        }
    }

    @Test
    void a_taken_port_is_named_and_nothing_stays_open() {
        try (ReferenceBroker first = ReferenceBroker.start(BrokerConfig.defaults())) {
            BrokerConfig same = BrokerConfig.builder()
                    .instance("leaktest")
                    .port(first.port())
                    .build();
            assertThatThrownBy(() -> ReferenceBroker.start(same))
                    .isInstanceOfSatisfying(BrokerStartException.class, e -> {
                        assertThat(e.kind()).isEqualTo(BrokerStartException.Cause.CANNOT_BIND);
                        assertThat(e).hasMessageContaining(":" + first.port());
                    });
            BrokerConfig sameAdmin = BrokerConfig.builder()
                    .instance("leaktest")
                    .adminPort(first.adminPort())
                    .build();
            assertThatThrownBy(() -> ReferenceBroker.start(sameAdmin)).isInstanceOf(BrokerStartException.class);
            assertThat(threads()).isEmpty();
        }
    }

    @Test
    void a_line_of_the_users_file_that_is_none_is_named_but_not_shown() throws Exception {
        for (String bad : List.of("alice", "alice:hunter2", "alice:{pbkdf2}x", ":{noop}x", "a:{noop}x\na:{noop}y")) {
            Path users = Files.writeString(folder.resolve("bad"), "# users\n\nbob:{noop}b\n" + bad + "\n");
            assertThatThrownBy(() -> ReferenceBroker.start(
                            BrokerConfig.builder().users(users).build()))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageMatching(".*bad line [45]: .*")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void faults_do_what_they_say() {
        try (ReferenceBroker broker = ReferenceBroker.start(BrokerConfig.defaults());
                TestClient dropped = TestClient.named(broker, "dropped");
                TestClient reset = TestClient.named(broker, "reset");
                TestClient half = TestClient.named(broker, "half");
                TestClient stalled = TestClient.named(broker, "stalled")) {
            assertThat(broker.faults().drop("dropped")).isEqualTo(1);
            assertThat(dropped.isClosedWithoutAWord()).isTrue();
            assertThat(broker.faults().reset("reset")).isEqualTo(1);
            assertThat(reset.isClosedWithoutAWord()).isTrue();
            assertThat(broker.faults().halfOpen("half")).isEqualTo(1);
            half.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(half.isQuiet(200)).isTrue();
            assertThat(broker.faults().stall("stalled")).isEqualTo(1);
            stalled.send("{\"c\":\"flush\",\"cid\":\"f\",\"a\":\"completed\"}");
            assertThat(stalled.isQuiet(200)).isTrue();
            assertThat(broker.faults().resume("stalled")).isEqualTo(1);
            assertThat(stalled.read().text("cid")).isEqualTo("f");
            broker.faults().closeOnAccept(true);
            try (TestClient refused = TestClient.connect(broker)) {
                assertThat(refused.isClosedWithoutAWord()).isTrue();
            }
            broker.faults().closeOnAccept(false);
            TestClient.named(broker, "later").close();
            assertThat(broker.faults().drop("nobody")).isZero();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("leaktest"))
                .toList();
    }
}
