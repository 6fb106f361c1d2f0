package io.holdfast.samples.demo.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.samples.demo.collision.Sighting.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When two copies have settled, and when a takeover is complete: only what was seen counts. */
class SettlementTest {

    private static final Instant START = Instant.parse("2026-01-20T10:00:00Z");

    private final List<Sighting> seen = new ArrayList<>();

    @Test
    void two_that_evict_each_other_have_not_settled() {
        see(0, Copy.B, What.LOGGED_ON, "c1");
        see(100, Copy.A, What.LOGGED_ON, "c2");
        see(100, Copy.B, What.EVICTED, "c1");
        assertThat(Settlement.of(seen)).isEmpty();
    }

    @Test
    void it_is_settled_when_one_stands_by_and_the_other_is_logged_on() {
        fightWonByB();
        Settlement settlement = Settlement.of(seen).orElseThrow();
        assertThat(settlement.holder()).isEqualTo(Copy.B);
        assertThat(settlement.standby()).isEqualTo(Copy.A);
        assertThat(settlement.fought()).isEqualTo(Duration.ofMillis(400));
        assertThat(settlement.allEvictions()).isEqualTo(2);
        assertThat(settlement.evictions(Copy.A)).isEqualTo(1);
        assertThat(settlement.begin()).isEqualTo(START);
    }

    @Test
    void a_copy_that_tries_again_ends_it() {
        fightWonByB();
        see(700, Copy.A, What.LOGGED_ON, "c4");
        see(700, Copy.B, What.EVICTED, "c3");
        assertThat(Settlement.of(seen)).isEmpty();
    }

    @Test
    void a_name_without_a_holder_is_not_settled() {
        fightWonByB();
        see(700, Copy.B, What.ENDED, "c3");
        assertThat(Settlement.of(seen)).isEmpty();
    }

    @Test
    void a_takeover_is_measured_from_the_end_that_the_broker_saw_to_the_logon_that_it_took() {
        fightWonByB();
        see(5_000, Copy.B, What.KILLED, "");
        assertThat(Takeover.of(seen, Copy.A)).as("nobody has seen it yet").isEmpty();
        see(5_200, Copy.B, What.ENDED, "c3");
        see(5_900, Copy.A, What.LOGGED_ON, "c4");
        assertThat(Takeover.of(seen, Copy.A)).as("the heir has not said so").isEmpty();
        see(5_890, Copy.A, What.CONNECTED, "");
        assertThat(Takeover.of(seen, Copy.A).orElseThrow().vacant()).isEqualTo(Duration.ofMillis(700));
    }

    private void fightWonByB() {
        see(0, Copy.B, What.LOGGED_ON, "c1");
        see(100, Copy.A, What.LOGGED_ON, "c2");
        see(100, Copy.B, What.EVICTED, "c1");
        see(110, Copy.A, What.CONNECTED, "");
        see(500, Copy.B, What.LOGGED_ON, "c3");
        see(500, Copy.A, What.EVICTED, "c2");
        see(520, Copy.A, What.STANDS_BY, "");
    }

    private void see(long millis, Copy copy, What what, String text) {
        seen.add(new Sighting(START.plusMillis(millis), copy, what, text));
    }
}
