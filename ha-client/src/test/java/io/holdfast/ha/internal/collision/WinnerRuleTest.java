package io.holdfast.ha.internal.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.internal.collision.WinnerRule.Outcome;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WinnerRuleTest {

    private static final IdentityStamp LOW = IdentityStamp.ofNonce("0000000000000001");
    private static final IdentityStamp HIGH = IdentityStamp.ofNonce("f000000000000001");
    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");

    @Test
    void the_earlier_holder_keeps_the_name_whatever_the_nonce() {
        Outcome outcome = WinnerRule.between(since(HIGH, NINE), since(LOW, NINE.plusSeconds(1)));

        assertThat(outcome).isEqualTo(new Outcome(true, "senior"));
    }

    @Test
    void the_later_one_keeps_it_only_if_both_want_that() {
        IdentityStamp early = since(LOW, NINE).withPrefersNewest(true);
        IdentityStamp late = since(HIGH, NINE.plusSeconds(1));

        assertThat(WinnerRule.between(early, late)).isEqualTo(new Outcome(true, "senior"));
        assertThat(WinnerRule.between(early, late.withPrefersNewest(true))).isEqualTo(new Outcome(false, "newest"));
    }

    @Test
    void the_lower_nonce_keeps_it_if_one_does_not_say_since_when() {
        assertThat(WinnerRule.between(since(HIGH, NINE), LOW)).isEqualTo(new Outcome(false, "nonce"));
    }

    @Test
    void what_a_stamp_cannot_carry_decides_nothing() {
        assertThat(WinnerRule.between(since(LOW, NINE.plusNanos(10)), since(HIGH, NINE)))
                .isEqualTo(new Outcome(true, "nonce"));
    }

    @Property(tries = 2000)
    void both_sides_agree_also_on_what_came_over_the_wire(
            @ForAll("stamps") IdentityStamp one, @ForAll("stamps") IdentityStamp other) {
        Assume.that(!one.nonce().equals(other.nonce()));

        Outcome seenByOne = WinnerRule.between(one, overTheWire(other));
        Outcome seenByOther = WinnerRule.between(other, overTheWire(one));

        assertThat(seenByOne.firstWins()).isNotEqualTo(seenByOther.firstWins());
        assertThat(seenByOne.because()).isEqualTo(seenByOther.because());
    }

    @Provide
    Arbitrary<IdentityStamp> stamps() {
        Arbitrary<String> nonces = Arbitraries.strings().withChars("01ef").ofLength(16);
        // Few instants, close together, some absent: ties and partial disclosure are what can go wrong.
        Arbitrary<Instant> instants =
                Arbitraries.longs().between(0, 5_000_000).map(NINE::plusNanos).injectNull(0.3);
        return Combinators.combine(nonces, instants, Arbitraries.of(true, false))
                .as((nonce, since, newest) ->
                        IdentityStamp.ofNonce(nonce).withEstablishedSince(since).withPrefersNewest(newest));
    }

    private static IdentityStamp overTheWire(IdentityStamp stamp) {
        return IdentityStamp.parse(stamp.toCorrelationId().value()).orElseThrow();
    }

    private static IdentityStamp since(IdentityStamp stamp, Instant since) {
        return stamp.withEstablishedSince(since);
    }
}
