package io.holdfast.ha.internal.collision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.ha.collision.Detection;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PenaltiesTest {

    private static final Detection NUMBERS = Detection.DEFAULTS;

    @Test
    void each_fades_by_half_in_its_half_life() {
        Penalties two = new Penalties(2, 2, 0);

        assertThat(two.fadedTo(seconds(120), NUMBERS).fast()).isCloseTo(1, within(1e-9));
        assertThat(two.fadedTo(seconds(1800), NUMBERS).slow()).isCloseTo(1, within(1e-9));
    }

    @Test
    void three_quick_evictions_are_suspicious_and_two_are_not() {
        Penalties two = after(2, 1, 1);

        assertThat(two.suspect(NUMBERS)).isFalse();
        assertThat(after(3, 1, 1).suspect(NUMBERS)).isTrue();
    }

    @Test
    void a_session_of_thirty_seconds_counts_for_the_slow_penalty_only_and_one_of_ten_minutes_for_none() {
        assertThat(Penalties.none(0).plus(1, seconds(30), 0, NUMBERS)).isEqualTo(new Penalties(0, 1, 0));
        assertThat(Penalties.none(0).plus(1, seconds(600), 0, NUMBERS)).isEqualTo(Penalties.none(0));
    }

    @Test
    void a_senior_yields_later_and_is_suspected_like_everybody() {
        Penalties three = after(3, 1, 1);

        assertThat(three.suspect(NUMBERS)).isTrue();
        assertThat(three.mustYield(true, NUMBERS)).isFalse();
        assertThat(three.mustYield(false, NUMBERS)).isTrue();
        assertThat(after(5, 1, 1).mustYield(true, NUMBERS)).isTrue();
    }

    @Test
    void sessions_of_579_seconds_are_the_longest_loop_that_is_ever_suspected() {
        assertThat(after(200, 578, 578).suspect(NUMBERS)).isTrue();
        assertThat(after(200, 580, 580).suspect(NUMBERS)).isFalse();
    }

    @Property
    void what_is_taken_back_at_once_was_never_added(
            @ForAll @DoubleRange(min = 0, max = 10) double fast, @ForAll @LongRange(min = 0, max = 700) long life) {
        Penalties before = new Penalties(fast, 2 * fast, 5);
        Penalties after = before.plus(1, seconds(life), 5, NUMBERS).plus(-1, seconds(life), 5, NUMBERS);

        assertThat(after.fast()).isCloseTo(before.fast(), within(1e-9));
        assertThat(after.slow()).isCloseTo(before.slow(), within(1e-9));
    }

    @Property
    void time_only_fades_and_never_below_nothing(
            @ForAll @DoubleRange(min = 0, max = 100) double fast,
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000_000L) long passed) {
        Penalties faded = new Penalties(fast, fast, 0).fadedTo(passed, NUMBERS);

        assertThat(faded.fast()).isBetween(0.0, fast);
        assertThat(faded.slow()).isBetween(faded.fast(), fast);
    }

    private static Penalties after(int sessions, long life, long apart) {
        Penalties penalties = Penalties.none(0);
        for (int i = 1; i <= sessions; i++) {
            penalties = penalties.plus(1, seconds(life), seconds(i * apart), NUMBERS);
        }
        return penalties;
    }

    private static long seconds(long n) {
        return Duration.ofSeconds(n).toNanos();
    }
}
