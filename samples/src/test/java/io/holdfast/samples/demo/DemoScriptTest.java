package io.holdfast.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.Endpoint;
import io.holdfast.samples.fake.MemoryBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The demo's numbers are measured: what it prints is what the two sides counted. */
class DemoScriptTest {

    private final MemoryBroker broker = new MemoryBroker();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final DemoScript script = new DemoScript(
            Endpoint.parse("tcp://localhost:9007/amps/json"),
            broker,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new CountDownLatch(1));

    @AfterEach
    void shut_down() {
        broker.shutDown();
    }

    @Test
    void the_main_job_counts_what_arrived() throws Exception {
        OrderedRun.Result result = script.mainJob(500);
        assertThat(result.isComplete()).isTrue();
        assertThat(result.received()).isEqualTo(500);
        assertThat(broker.taken()).hasSize(500);
        assertThat(text()).contains("received 500, 0 of them out of order");
    }

    @Test
    void what_the_losers_saw_agrees_with_what_the_broker_told() throws Exception {
        NameFight.Result fight = script.fight("shared", Duration.ofMillis(400));
        assertThat(fight.complete()).isTrue();
        assertAgreement(fight.ledger(), NameFight.COPY_A, fight.a());
        assertAgreement(fight.ledger(), NameFight.COPY_B, fight.b());
        assertThat(text()).contains(String.format("%,d", fight.ledger().evictions(NameFight.COPY_A)));
        assertThat(text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    private static void assertAgreement(EvictionLedger ledger, String side, NaiveReport saw) {
        assertThat(saw.logons()).isEqualTo(ledger.logons(side)).isPositive();
        assertThat(saw.endedByPeer()).isEqualTo(ledger.evictions(side)).isPositive();
        assertThat(saw.connected()).isPositive();
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
