package io.holdfast.client.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.collision.EvictionLoop.ControlState;
import io.holdfast.client.collision.Parties.Winner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CollisionDiagnosisTest {

    private static final PartyIdentity SELF =
            new PartyIdentity("app-13", 920, Instant.parse("2026-01-01T10:02:41Z"), "0123456789abcdef", null, null);
    private static final PartyIdentity RIVAL = new PartyIdentity(
            "app-12", 4411, Instant.parse("2026-01-01T09:14:02Z"), "1123456789abcdef", "10.1.4.22:53112", null);

    @Test
    void the_verdict_names_both_sides_on_one_line() {
        assertThat(diagnosis("orders.app-13.0-k3f9", RIVAL).describe())
                .isEqualTo("client_name=orders.app-13.0-k3f9 evictions=3 within=0.7s server=tcp://amps1:9007"
                        + " sessions_ms=31,180,402 proof=foreign-nonce control=up rival_host=app-12 rival_pid=4411"
                        + " rival_since=09:14:02Z rival_address=10.1.4.22:53112 self_host=app-13 self_pid=920"
                        + " self_since=10:02:41Z action=standby winner=rival(senior) store_pending=118 in_doubt=2"
                        + " name_source=holdfast.client.name fix=\"give each instance its own name: unset"
                        + " holdfast.client.name and set holdfast.app, or set holdfast.client.instance\""
                        + " see=docs/name-in-use.md");
    }

    @Test
    void what_is_not_known_is_a_hyphen_and_a_foreign_token_is_shown_as_it_came() {
        PartyIdentity stranger = new PartyIdentity(null, -1, null, null, "10.9.9.9:1", "bGVnYWN5");

        assertThat(diagnosis("orders", stranger).describe())
                .contains(
                        "rival_host=- rival_pid=- rival_since=- rival_address=10.9.9.9:1 rival_correlation_id=bGVnYWN5");
    }

    @Test
    void who_was_first_shows_also_within_one_second() {
        PartyIdentity close =
                new PartyIdentity("h", 1, Instant.parse("2026-01-01T10:02:41.250Z"), "n", "10.9.9.9:1", null);

        assertThat(diagnosis("orders", close).describe())
                .contains("rival_since=10:02:41.250Z ", "self_since=10:02:41.000Z ");
    }

    @Test
    void a_time_of_another_day_is_written_in_full() {
        PartyIdentity old = new PartyIdentity("h", 1, Instant.parse("2025-12-30T09:14:02.7Z"), "n", null, null);

        assertThat(diagnosis("orders", old).describe()).contains("rival_since=2025-12-30T09:14:02Z");
    }

    @Property(tries = 300)
    void whatever_a_rival_says_it_adds_no_line_and_no_field(@ForAll String host, @ForAll String address) {
        PartyIdentity rival = new PartyIdentity(host, 1, null, "n", address, host);

        String line = diagnosis("orders", rival).describe();

        assertThat(line).doesNotContain("\n").doesNotContain("\r");
        // Outside of quotes there are as many fields as ever.
        String bare = line.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "Q");
        assertThat(bare.split(" ", -1)).hasSize(22);
    }

    private static CollisionDiagnosis diagnosis(String name, PartyIdentity rival) {
        return new CollisionDiagnosis(
                name,
                Instant.parse("2026-01-01T10:05:00Z"),
                Classification.COLLISION,
                Proof.FOREIGN_NONCE,
                new EvictionLoop(
                        3,
                        Duration.ofMillis(700),
                        "tcp://amps1:9007",
                        List.of(Duration.ofMillis(31), Duration.ofMillis(180), Duration.ofMillis(402)),
                        ControlState.UP),
                new Parties(SELF, rival, Winner.RIVAL, "senior"),
                Decision.STANDBY,
                new StoreCounts(118, 2),
                "holdfast.client.name",
                "give each instance its own name: unset holdfast.client.name and set holdfast.app, or set"
                        + " holdfast.client.instance",
                List.of());
    }
}
