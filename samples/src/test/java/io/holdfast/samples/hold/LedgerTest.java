package io.holdfast.samples.hold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.client.ClientState;
import io.holdfast.client.StateChange;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.publish.PublishStoreStatus;
import io.holdfast.testkit.connect.FakeMessage;
import io.holdfast.testkit.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code hold} says, and when; the client and the seconds are the test's. */
class LedgerTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** No two alike, and none of them zero. */
    private static final Map<String, Long> COUNTS = Map.of(
            "pending", 17L,
            "in_doubt", 7L,
            "published", 2L,
            "persisted", 5L,
            "refused", 4L,
            "received", 8L,
            "duplicates", 1L,
            "gaps", 6L,
            "restarts", 3L);

    private final ManualClock clock = ManualClock.at(START);
    private final List<ObjectNode> lines = new ArrayList<>();
    private final Arrivals arrivals = new Arrivals();
    private final Ledger ledger = new Ledger(clock, lines::add, arrivals);
    private int pending;
    private int inDoubt;

    @Test
    void every_count_stands_in_every_line_under_its_own_name() {
        everythingHappens();

        ledger.transition(
                this::client,
                new StateChange(
                        ClientState.CONNECTING, ClientState.RESUMING, null, null, null, 1, Duration.ZERO, START));
        ledger.second(this::client);
        ledger.trouble(this::client, Ledger.Part.PUBLISHING, full());
        ledger.trouble(this::client, Ledger.Part.SUBSCRIPTION, full());
        ledger.summary(this::client, Duration.ofMillis(61_250));

        assertThat(events()).containsExactly("transition", "traffic", "publishing", "subscription", "summary");
        assertThat(lines)
                .allSatisfy(line -> COUNTS.forEach(
                        (name, count) -> assertThat(line.path(name).asLong())
                                .as("%s in %s", name, line)
                                .isEqualTo(count)));
        assertThat(lines.get(4).path("seconds").asDouble()).isEqualTo(61.25);
    }

    @Test
    void every_line_says_which_client_it_is_about_and_what_happened_to_it_last() {
        ledger.transition(
                this::client,
                new StateChange(
                        ClientState.RESUMING,
                        ClientState.BACKOFF,
                        Endpoint.parse("tcp://amps1:9007/amps/json"),
                        null,
                        new LogonRefusedException(Endpoint.parse("tcp://amps1:9007/amps/json"), "holder", "no"),
                        4,
                        Duration.ofMillis(1_250),
                        START.minusSeconds(9)));
        clock.advance(SECOND);
        ledger.published();
        ledger.second(this::client);

        assertThat(lines.get(0).path("from").asText()).isEqualTo("RESUMING");
        assertThat(lines.get(0).path("state").asText()).as("of the change").isEqualTo("BACKOFF");
        assertThat(lines.get(0).path("at").asText()).as("when it changed").isEqualTo("2025-12-31T23:59:51Z");
        assertThat(lines.get(1).path("state").asText()).as("now").isEqualTo("STABLE");
        assertThat(lines.get(1).path("at").asText()).as("now").isEqualTo("2026-01-01T00:00:01Z");
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("name").asText()).isEqualTo("holder");
            assertThat(line.path("endpoint").asText()).isEqualTo("tcp://amps1:9007");
            assertThat(line.path("cause").asText()).contains("refused");
            assertThat(line.path("attempt").asInt()).isEqualTo(4);
            assertThat(line.path("delay_ms").asInt()).isEqualTo(1_250);
        });
    }

    @Test
    void each_second_of_traffic_has_its_line_and_no_other_has() {
        List<String> expected = new ArrayList<>();
        for (int second = 0; second < 100; second++) {
            if (second % 10 < 7) { // three quiet ones after each seven
                ledger.published();
                ledger.published();
                expected.add(clock.instant().plus(SECOND).toString());
            }
            clock.advance(SECOND);
            ledger.second(this::client);
        }

        assertThat(events()).hasSize(70).containsOnly("traffic");
        assertThat(lines).extracting(line -> line.path("at").asText()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "in_doubt", "published", "persisted", "refused", "received"})
    void a_change_of_one_count_alone_is_worth_a_line(String count) {
        everythingHappens();
        ledger.second(this::client);
        ledger.second(this::client);
        assertThat(lines).as("as long as nothing changes").hasSize(1);

        switch (count) {
            case "pending" -> pending++;
            case "in_doubt" -> inDoubt++;
            case "published" -> ledger.published();
            case "persisted" -> ledger.persisted();
            case "refused" -> ledger.refused();
            default -> arrivals.onMessage(FakeMessage.of("hold", "not ours"));
        }
        ledger.second(this::client);
        ledger.second(this::client);

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1).path(count).asLong()).isEqualTo(COUNTS.get(count) + 1);
    }

    @Test
    void a_client_without_traffic_says_nothing_of_it() {
        ledger.second(this::client);
        assertThat(lines).isEmpty();
    }

    @Test
    void what_an_earlier_run_left_in_the_store_is_told_in_the_first_second() {
        pending = 3;
        ledger.second(this::client);
        ledger.second(this::client);
        assertThat(events()).containsExactly("traffic");
    }

    @Test
    void trouble_is_told_when_it_changes() {
        ledger.well(this::client, Ledger.Part.PUBLISHING);
        assertThat(lines).as("it was never otherwise").isEmpty();
        for (int i = 0; i < 1_000; i++) {
            ledger.trouble(this::client, Ledger.Part.PUBLISHING, full());
        }
        ledger.trouble(this::client, Ledger.Part.SUBSCRIPTION, full());
        ledger.trouble(this::client, Ledger.Part.PUBLISHING, new IllegalStateException());
        ledger.well(this::client, Ledger.Part.PUBLISHING);
        ledger.well(this::client, Ledger.Part.PUBLISHING);
        ledger.trouble(this::client, Ledger.Part.PUBLISHING, full());

        assertThat(events()).containsExactly("publishing", "subscription", "publishing", "publishing", "publishing");
        assertThat(lines)
                .extracting(line -> line.path("cause").textValue())
                .containsExactly(
                        full().getMessage(),
                        full().getMessage(),
                        "java.lang.IllegalStateException",
                        null,
                        full().getMessage());
        assertThat(lines).allMatch(line -> line.path("state").asText().equals("STABLE"));
    }

    private void everythingHappens() {
        pending = 17;
        inDoubt = 7;
        times(2, ledger::published);
        times(5, ledger::persisted);
        times(4, ledger::refused);
        for (long n : new long[] {1, 8, 8, 1, 2, 1, 2, 1}) { // six left out, one twice, three new beginnings
            arrivals.onMessage(
                    FakeMessage.of("hold", new HoldMessage("other", n).payload().utf8()));
        }
    }

    private static void times(int count, Runnable task) {
        for (int i = 0; i < count; i++) {
            task.run();
        }
    }

    private static BackPressureException full() {
        return new BackPressureException("publish store (messages)", 1, "publish again later");
    }

    private Standing client() {
        PublishStoreStatus store =
                new PublishStoreStatus(pending, 9_000, Duration.ofSeconds(51), inDoubt, 11, 100, 10_000, 33);
        return new Standing("holder", ClientState.STABLE, store);
    }

    private List<String> events() {
        return lines.stream().map(line -> line.path("event").asText()).toList();
    }
}
