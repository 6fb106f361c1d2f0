package io.holdfast.ha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.ClientState;
import io.holdfast.client.Heartbeat;
import io.holdfast.client.Reconnect;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.sim.ProgramPlan.Feed;
import io.holdfast.ha.sim.ProgramPlan.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whole clients, two to four, with one name: the machine of the connection, the watch over the name, stores, control connections,
 * and a broker that evicts. {@code -Dsim.colliding.seeds=N} for more seeds, {@code -Dsim.seed=N} for one, with its trace.
 */
class CollidingProgramsTest {

    private static final long SEEDS = Long.getLong("sim.colliding.seeds", 1_000);
    private static final Duration BEAT = Duration.ofSeconds(2);

    private final Tally settling = new Tally("two settle within 5 s and 9 evictions");
    private final Tally cleanDeaths = new Tally("a standby takes over within 2 s of a clean death");
    private final Tally halfOpenDeaths =
            new Tally("a standby takes over within two intervals and 2 s of a half-open death");

    /** What a promise is worth that is made for 99 of 100. */
    private static final class Tally {

        private final String promise;
        private final List<String> late = new ArrayList<>();
        private int runs;

        private Tally(String promise) {
            this.promise = promise;
        }

        private void add(long seed, boolean inTime, String otherwise) {
            runs++;
            if (!inTime) {
                late.add("seed " + seed + ": " + otherwise);
            }
        }

        private void check() {
            System.out.println(promise + ": all but " + late.size() + " of " + runs);
            assertThat(late).as("%s, of %d", promise, runs).hasSizeLessThanOrEqualTo(runs / 100);
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void exactly_one_stays_nobody_is_evicted_after_that_a_standby_takes_over_and_nothing_acknowledged_is_lost() {
        Long single = Long.getLong("sim.seed");
        if (single != null) {
            Simulation.Outcome outcome = Simulation.run(
                    single, SimTrace.shownTo(System.out::println), world -> new Play(world, single).run());
            assertThat(outcome.violations()).as(outcome.describe()).isEmpty();
            return;
        }
        List<Simulation.Outcome> failed = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS && failed.size() < 5; seed++) {
            long number = seed;
            failed.addAll(Simulation.run(seed, 1, 1, world -> new Play(world, number).run()));
        }

        assertThat(failed)
                .as(failed.stream().map(Simulation.Outcome::describe).collect(Collectors.joining("\n")))
                .isEmpty();
        settling.check();
        cleanDeaths.check();
        halfOpenDeaths.check();
    }

    /** One seed. */
    private final class Play {

        private final long seed;
        private final SimWorld world;
        private final SplittableRandom random;
        private final SimNetwork network;
        private final SimBroker broker;
        private final List<SimProgram> programs = new ArrayList<>();

        Play(SimWorld world, long seed) {
            this.seed = seed;
            this.world = world;
            this.random = world.random();
            this.network = new SimNetwork(world);
            this.broker = new SimBroker(world, "b1", BrokerRules.HONEST);
            Endpoint endpoint = network.listen(broker);
            int count = random.nextBoolean() ? 2 : 3 + random.nextInt(2);
            for (int i = 0; i < count; i++) {
                programs.add(new SimProgram(world, network, plan("c" + (i + 1)), List.of(endpoint), Tampering.NONE));
            }
        }

        private ProgramPlan plan(String name) {
            return new ProgramPlan(
                    name,
                    "orders",
                    ClientOptions.DEFAULTS.with(Reconnect.always()).with(Heartbeat.every(BEAT)),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(20),
                    0,
                    Store.MEMORY,
                    Feed.NONE,
                    Store.NONE,
                    false,
                    ProgramPlan.Habits.USUAL);
        }

        void run() {
            try {
                play();
            } finally {
                programs.forEach(SimProgram::unmount);
            }
        }

        private void play() {
            boolean together = random.nextBoolean();
            for (SimProgram program : programs) {
                world.after(together ? 0 : random.nextLong(5_000_000_000L), "start", program::start);
            }
            world.runFor(Duration.ofSeconds(together ? 0 : 5));
            publishing(Duration.ofSeconds(100));
            long began = world.nowNanos();
            if (!world.runUntil(this::isSettled, Duration.ofSeconds(60))) {
                world.violation("not settled after a minute: " + programs);
                return;
            }
            Duration took = Duration.ofNanos(world.nowNanos() - began);
            int evictions = broker.evictions();
            if (programs.size() == 2) {
                settling.add(
                        seed,
                        took.compareTo(Duration.ofSeconds(5)) < 0 && evictions <= 9,
                        "settled after " + took + " and " + evictions + " evictions");
            }
            SimProgram holder = connected().get(0);
            for (int i = 0; i < 700; i++) {
                world.runFor(Duration.ofMillis(100));
                if (!connected().equals(List.of(holder))) {
                    world.violation("after settling, connected are " + connected());
                    return;
                }
            }
            if (broker.evictions() != evictions) {
                world.violation((broker.evictions() - evictions) + " evictions after settling");
            }
            dies(holder);
        }

        private void dies(SimProgram holder) {
            boolean clean = random.nextBoolean();
            long died = world.nowNanos();
            if (clean) {
                holder.process().kill();
            } else {
                network.open().stream()
                        .filter(attempt -> attempt.process() == holder.process())
                        .forEach(attempt -> {
                            if (attempt.link() != null) {
                                attempt.link().blackhole(true, true);
                            }
                        });
                holder.process().pause(Duration.ofDays(1).toNanos());
            }
            Duration most = clean ? Duration.ofSeconds(2) : BEAT.multipliedBy(2).plusSeconds(2);
            programs.remove(holder);
            boolean inTime = world.runUntil(() -> connected().size() == 1, most);
            if (!inTime && !world.runUntil(() -> connected().size() == 1, Duration.ofSeconds(40))) {
                world.violation("nobody took over: " + programs);
            }
            (clean ? cleanDeaths : halfOpenDeaths)
                    .add(seed, inTime, "taken over after " + Duration.ofNanos(world.nowNanos() - died));
            world.trace("taken over after " + (world.nowNanos() - died) / 1_000_000 + " ms");
            world.runFor(Duration.ofSeconds(30));
            check(holder);
            new EndOfRun(world, network, programs).closeAll();
        }

        private void publishing(Duration time) {
            for (SimProgram program : programs) {
                for (long at = 0; at < time.toNanos(); at += 500_000_000 + random.nextLong(500_000_000)) {
                    world.after(at, "publish", () -> {
                        if (program.isAlive()) {
                            world.after(program.process(), 0, "publish", () -> program.publish(false));
                        }
                    });
                }
            }
        }

        private List<SimProgram> connected() {
            return programs.stream().filter(SimProgram::isConnected).toList();
        }

        private boolean isSettled() {
            return connected().size() == 1
                    && programs.stream()
                            .allMatch(program -> program.isConnected()
                                    || (program.isAlive() && program.client().state() == ClientState.STANDBY));
        }

        /** What is acknowledged is there; what is in doubt was told; everything else is there, or still stored. */
        private void check(SimProgram dead) {
            Set<String> texts =
                    broker.log().durableEntries().stream().map(LogEntry::text).collect(Collectors.toSet());
            if (texts.size() != broker.log().durableEntries().size()) {
                world.violation("something stands in the log twice");
            }
            List<SimProgram> all = new ArrayList<>(programs);
            all.add(dead);
            for (SimProgram program : all) {
                int missing = 0;
                int doubtful = 0;
                for (SentMessage message : program.sent()) {
                    boolean there = texts.contains(message.text());
                    if (message.isPersisted() && !there) {
                        world.violation(message + ": acknowledged, and not in the log");
                    }
                    doubtful += message.isInDoubt() ? 1 : 0;
                    missing += message.isReturned() && !message.isInDoubt() && !there ? 1 : 0;
                }
                if (program != dead) {
                    var store = program.client().publishing();
                    if (missing > store.stored() - store.inDoubt()) {
                        world.violation(program + " lost some of " + missing + " messages; it stores " + store);
                    }
                    if (doubtful != store.inDoubt()) {
                        world.violation(program + " told of " + doubtful + " messages in doubt; it stores " + store);
                    }
                }
            }
        }
    }
}
