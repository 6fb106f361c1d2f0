package io.holdfast.samples.demo.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.samples.demo.collision.Sighting.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the screen shows of a run whose figures are given. */
class PagesTest {

    private static final Instant START = Instant.parse("2026-01-20T10:00:00Z");
    private static final Map<Copy, Long> PIDS = Map.of(Copy.A, 4711L, Copy.B, 920L);
    private static final String VERDICT =
            "HF-3003 name-collision confirmed client_name=orders evictions=3 within=2.9s server=tcp://amps1:9007"
                    + " sessions_ms=326,423,1379 proof=foreign-nonce control=up rival_host=app-12 rival_pid=920"
                    + " rival_since=10:00:00Z rival_address=10.1.4.22:53112 self_host=app-13 self_pid=4711"
                    + " self_since=10:00:00Z action=standby winner=rival(senior) store_pending=0 in_doubt=0"
                    + " name_source=holdfast.client.name fix=\"stop it, else give each instance its own name\""
                    + " see=docs/name-in-use.md";

    private final List<Sighting> seen = new ArrayList<>();

    @Test
    void how_two_copies_settled() {
        settle();
        List<String> lines =
                new SettlingPage(Settlement.of(seen).orElseThrow(), seen, PIDS, 80).lines(Duration.ofSeconds(2));
        assertThat(String.join("\n", lines)).isEqualTo("""
                        0.000 s    B logs on
                        0.418 s    A logs on and evicts B
                        0.763 s    A is sure of it (HF-3003)
                        1.264 s    B logs on and evicts A
                        1.270 s    A gives the name up (HF-3005)
                        1.271 s    A stands by

                        Settled 0.8 s after both were there: 2 evictions (A 1, B 1). B (pid 920) has the name,
                        A (pid 4711) stands by; nobody logged on or was evicted in the 2.0 s that followed.

                        The verdict in A's log:
                          HF-3003 name-collision confirmed client_name=orders evictions=3 within=2.9s
                          proof=foreign-nonce rival_host=app-12 rival_pid=920 self_host=app-13
                          self_pid=4711 action=standby winner=rival(senior) ...

                        B reached no verdict of its own: it was evicted too seldom""");
    }

    @Test
    void how_the_name_passed_on() {
        settle();
        see(5_000, Copy.B, What.KILLED, "");
        see(5_184, Copy.B, What.ENDED, "c3");
        see(6_117, Copy.A, What.LOGGED_ON, "c4");
        see(6_124, Copy.A, What.CONNECTED, "");
        List<String> lines = new TakeoverPage(Takeover.of(seen, Copy.A).orElseThrow()).lines();
        assertThat(String.join("\n", lines)).isEqualTo("""
                        0.000 s    the process of B is killed
                        0.184 s    the broker sees the end of its connection, and tells whoever watches
                        1.117 s    A logs on
                        1.124 s    A is connected, as it says itself

                        The name had no holder for 0.933 s.""");
    }

    @Test
    void both_parties_of_a_verdict_are_seen_however_narrow_the_terminal_is() {
        for (int width = 40; width < 220; width++) {
            List<String> lines = VerdictText.shortened(VERDICT, width);
            int most = width;
            assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(most));
            assertThat(String.join(" ", lines))
                    .contains("rival_host=app-12 rival_pid=920 self_host=app-13 self_pid=4711 action=standby");
        }
    }

    @Test
    void a_field_that_does_not_fit_is_cut_and_a_missing_one_is_a_dash() {
        assertThat(VerdictText.shortened("HF-3003 name-collision confirmed client_name=a-very-long-name-indeed", 24))
                .startsWith("HF-3003 name-collision", "confirmed", "client_name=a-very-lo...", "evictions=- within=-");
    }

    @Test
    void the_advice_is_the_verdicts_own() {
        assertThat(VerdictText.fix(VERDICT, 20)).containsExactly("stop it, else give", "each instance its", "own name");
    }

    @Test
    void the_width_is_the_terminals_where_it_is_told_and_sensible() {
        assertThat(CollisionDemoCommand.width(null)).isEqualTo(100);
        assertThat(CollisionDemoCommand.width("132")).isEqualTo(132);
        assertThat(CollisionDemoCommand.width("1")).isEqualTo(60);
        assertThat(CollisionDemoCommand.width("x")).isEqualTo(100);
    }

    private void settle() {
        see(0, Copy.B, What.LOGGED_ON, "c1");
        see(418, Copy.A, What.LOGGED_ON, "c2");
        see(418, Copy.B, What.EVICTED, "c1");
        see(1_264, Copy.B, What.LOGGED_ON, "c3");
        see(1_264, Copy.A, What.EVICTED, "c2");
        see(763, Copy.A, What.VERDICT, VERDICT); // lines of a copy may be read late
        see(1_270, Copy.A, What.YIELDS, "HF-3005 name-yielded");
        see(1_271, Copy.A, What.STANDS_BY, "");
    }

    private void see(long millis, Copy copy, What what, String text) {
        seen.add(new Sighting(START.plusMillis(millis), copy, what, text));
    }
}
