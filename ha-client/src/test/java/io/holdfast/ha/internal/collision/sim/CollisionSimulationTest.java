package io.holdfast.ha.internal.collision.sim;

import static io.holdfast.ha.internal.collision.sim.SimWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ha.internal.collision.sim.Scenarios.Caught;
import io.holdfast.ha.internal.collision.sim.Scenarios.Settled;
import io.holdfast.ha.internal.collision.sim.Scenarios.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of names that collide; each test is a sentence of that list, over many seeds. */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class CollisionSimulationTest {

    private static final long HEARTBEAT = 5 * SECOND;

    // How many seeds of what takes long, where -Dcollision.seeds does not say it.
    private static final int MIXED = 250;
    private static final int TAKE_OVER = 500;
    private static final int INNOCENT = 50;
    private static final int FIXED_DELAY = 10;
    private static final int TOGETHER = 250;

    @Test
    void of_two_to_ten_clients_and_rivals_that_never_yield_exactly_one_stays_and_nobody_is_evicted_after_settling() {
        assertThat(failures("two to ten clients and rivals", Seeds.byDefault(MIXED), Scenarios::mixed))
                .isEmpty();
    }

    @Test
    void two_fresh_clients_settle_in_under_5_s_and_at_most_9_evictions_for_99_percent() {
        settles(true);
    }

    @Test
    void they_do_so_too_where_the_broker_does_not_tell() {
        settles(false);
    }

    private static void settles(boolean readable) {
        List<String> late = new ArrayList<>();
        long began = System.nanoTime();
        long[] seeds = Seeds.all();
        for (long seed : seeds) {
            Settled settled = Scenarios.twoFresh(seed, readable);
            assertThat(settled.wrong()).as(Seeds.replay(seed)).isNull();
            if (settled.nanos() >= 5 * SECOND || settled.evictions() > 9) {
                late.add(Seeds.replay(seed) + settled);
            }
        }
        Seeds.tell("two fresh" + (readable ? "" : ", not readable") + ", late " + late.size(), seeds, began);
        assertThat(late).hasSizeLessThanOrEqualTo(seeds.length / 100);
    }

    @Test
    void the_holder_dies_and_a_standby_takes_over_in_under_2_s_for_99_percent() {
        takesOver(true, 2 * SECOND);
    }

    @Test
    void after_a_half_open_death_it_takes_over_within_2_heartbeat_intervals_and_2_s_for_99_percent() {
        takesOver(false, 2 * HEARTBEAT + 2 * SECOND);
    }

    private static void takesOver(boolean clean, long limit) {
        List<String> late = new ArrayList<>();
        long began = System.nanoTime();
        long[] seeds = Seeds.byDefault(TAKE_OVER);
        for (long seed : seeds) {
            long taken = Scenarios.takeOver(seed, clean, HEARTBEAT);
            assertThat(taken).as(Seeds.replay(seed) + "nobody took over").isNotNegative();
            if (taken >= limit) {
                late.add(Seeds.replay(seed) + taken / SimWorld.MILLI + " ms");
            }
        }
        Seeds.tell("take over, " + (clean ? "clean" : "half-open") + ", late " + late.size(), seeds, began);
        assertThat(late).hasSizeLessThanOrEqualTo(seeds.length / 100);
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void no_false_action(Cause cause) {
        assertThat(failures(
                        "innocent, " + cause, Seeds.byDefault(INNOCENT), seed -> Scenarios.innocent(seed, cause, true)))
                .isEmpty();
        assertThat(failures(
                        "innocent, not readable, " + cause,
                        Seeds.byDefault(INNOCENT),
                        seed -> Scenarios.innocent(seed, cause, false)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 5, 30, 120, 400, 550})
    void a_rival_that_returns_after_a_fixed_delay_is_caught(double seconds) {
        long began = System.nanoTime();
        long[] seeds = Seeds.byDefault(FIXED_DELAY);
        for (long seed : seeds) {
            for (int way = 0; way < 4; way++) {
                Caught caught = Scenarios.rival(seed, way % 2 == 0, seconds, way / 2 == 0);
                assertThat(caught.caught()).as(Seeds.replay(seed) + caught).isTrue();
            }
        }
        Seeds.tell("a rival every " + seconds + " s, four ways", seeds, began);
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void copies_that_start_together_never_leave_the_name_free_for_longer_than_the_slow_probe(Start start) {
        assertThat(failures("together, " + start, Seeds.byDefault(TOGETHER), seed -> Scenarios.together(seed, start)))
                .isEmpty();
    }

    private static List<String> failures(String what, long[] seeds, LongFunction<@Nullable String> scenario) {
        long began = System.nanoTime();
        List<String> failures = new ArrayList<>();
        for (long seed : seeds) {
            String wrong = scenario.apply(seed);
            if (wrong != null) {
                failures.add(Seeds.replay(seed) + wrong);
            }
        }
        Seeds.tell(what, seeds, began);
        return failures;
    }
}
