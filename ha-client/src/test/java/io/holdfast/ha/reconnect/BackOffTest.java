package io.holdfast.ha.reconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Test
    void full_jitter_draws_from_a_range_that_doubles_up_to_its_cap() {
        IntervalFunction backOff = BackOff.fullJitter(new Random(7));
        List<Long> largest = IntStream.rangeClosed(1, 9)
                .mapToObj(attempt -> IntStream.range(0, 20_000)
                        .mapToLong(i -> backOff.apply(attempt))
                        .max()
                        .orElseThrow())
                .toList();
        List<Long> ranges = List.of(200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 20_000L, 20_000L);
        for (int i = 0; i < ranges.size(); i++) {
            assertThat(largest.get(i)).isBetween(ranges.get(i) * 99 / 100, ranges.get(i));
        }
    }

    @Test
    void exponential_doubles_and_constant_stays() {
        IntervalFunction doubling = BackOff.exponential(Duration.ofMillis(3), Duration.ofMillis(20));
        assertThat(Stream.of(1, 2, 3, 4, 5, Integer.MAX_VALUE).map(doubling))
                .containsExactly(3L, 6L, 12L, 20L, 20L, 20L);
        IntervalFunction same = BackOff.constant(Duration.ofSeconds(2));
        assertThat(Stream.of(1, 50, Integer.MAX_VALUE).map(same)).containsOnly(2_000L);
    }

    @Property
    void no_attempt_overflows(
            @ForAll @IntRange(min = 1) int attempt,
            @ForAll @LongRange(min = 1) long initial,
            @ForAll @LongRange(min = 0) long above,
            @ForAll long seed) {
        Duration first = Duration.ofMillis(initial);
        Duration max = first.plusMillis(above);
        long cap = max.compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE : max.toMillis();
        assertThat(BackOff.exponential(first, max).apply(attempt)).isBetween(initial, cap);
        assertThat(BackOff.fullJitter(first, max, new Random(seed)).apply(attempt))
                .isBetween(0L, cap);
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> BackOff.exponential(Duration.ofMillis(5), Duration.ofMillis(4)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BackOff.exponential(Duration.ZERO, Duration.ofMillis(4)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BackOff.constant(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BackOff.constant(Duration.ZERO).apply(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
