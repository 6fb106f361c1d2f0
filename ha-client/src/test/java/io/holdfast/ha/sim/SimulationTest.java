package io.holdfast.ha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whole clients through seeded storms. {@code -Dsim.seeds=N} runs so many seeds, {@code -Dsim.first=X} from X on,
 * {@code -Dsim.seed=X} that one alone and shows everything that happens in it.
 */
class SimulationTest {

    private static final long DEFAULT_SEEDS = 1_000;
    private static final long SEEDS = Long.getLong("sim.seeds", DEFAULT_SEEDS);

    /** The default number of seeds must not take more of the processor, whatever else it does, or nobody runs them. */
    private static final Duration MOST = Duration.ofMinutes(2);

    private static final long FIRST = Long.getLong("sim.first", 1);

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void nothing_is_lost_doubled_or_reordered_and_everybody_recovers() {
        Long single = Long.getLong("sim.seed");
        if (single != null) {
            Simulation.Outcome outcome = Simulation.run(
                    single, SimTrace.shownTo(System.out::println), world -> new SimScenario(world).run());
            assertThat(outcome.violations()).as(outcome.describe()).isEmpty();
            return;
        }
        long began = System.nanoTime();
        AtomicLong cpuNanos = new AtomicLong();
        List<Simulation.Outcome> failed = Simulation.run(FIRST, SEEDS, 5, world -> {
            new SimScenario(world).run();
            // Everything happens on this thread, which began with the first seed.
            cpuNanos.set(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
        });
        Duration took = Duration.ofNanos(cpuNanos.get());

        System.out.printf(
                Locale.ROOT,
                "simulated %,d seeds from %d on in %,d ms, of them %,d ms of the processor%n",
                SEEDS,
                FIRST,
                (System.nanoTime() - began) / 1_000_000,
                took.toMillis());
        assertThat(failed).as(describe(failed)).isEmpty();
        if (SEEDS <= DEFAULT_SEEDS) {
            assertThat(took).isLessThan(MOST);
        }
    }

    @Test
    void a_seed_decides_everything() {
        for (long seed = 1; seed <= 20; seed++) {
            Simulation.Outcome first = Simulation.run(seed, SimTrace.quiet(), world -> new SimScenario(world).run());
            Simulation.Outcome second = Simulation.run(seed, SimTrace.quiet(), world -> new SimScenario(world).run());

            assertThat(second.fingerprint()).as("seed " + seed).isEqualTo(first.fingerprint());
            assertThat(second.events()).isEqualTo(first.events());
        }
    }

    private static String describe(List<Simulation.Outcome> failed) {
        StringBuilder text = new StringBuilder();
        failed.forEach(outcome -> text.append('\n').append(outcome.describe()).append('\n'));
        return text.toString();
    }
}
