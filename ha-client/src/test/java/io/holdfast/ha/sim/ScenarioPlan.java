package io.holdfast.ha.sim;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Heartbeat;
import io.holdfast.client.Limits;
import io.holdfast.client.Reconnect;
import io.holdfast.client.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a run is made of; drawn from its seed.
 *
 * @param brokers how many, each a synchronous replica of the other
 * @param rules how they behave
 * @param programs who uses them
 * @param faults what goes wrong, in no order
 * @param time for how long things go wrong
 */
record ScenarioPlan(int brokers, BrokerRules rules, List<ProgramPlan> programs, List<Fault> faults, Duration time) {

    private static final List<Fault> EVERY_FAULT = List.of(Fault.values());

    private static final List<ProgramPlan.Feed> FEEDS = List.of(ProgramPlan.Feed.values());
    private static final List<ProgramPlan.Store> STORES = List.of(ProgramPlan.Store.values());

    /** The plan of a seed. */
    static ScenarioPlan of(SplittableRandom random) {
        int brokers = random.nextInt(5) < 3 ? 1 : 2;
        List<ProgramPlan> programs = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            programs.add(program("p" + (i + 1), random));
        }
        List<Fault> faults = new ArrayList<>();
        int most = random.nextInt(4) == 0 ? 40 : 12;
        for (int i = random.nextInt(most); i >= 0; i--) {
            faults.add(EVERY_FAULT.get(random.nextInt(EVERY_FAULT.size())));
        }
        Duration time = Duration.ofMillis(random.nextLong(3_000, 90_000));
        BrokerRules rules = rules(random);
        programs.replaceAll(program -> program.with(ProgramPlan.Habits.of(random)));
        return new ScenarioPlan(brokers, rules, programs, faults, time);
    }

    /** The same plan with other rules. */
    ScenarioPlan with(BrokerRules others) {
        return new ScenarioPlan(brokers, others, programs, faults, time);
    }

    /** The same plan, in which a fault happens so many times more. */
    ScenarioPlan with(int times, Fault fault) {
        List<Fault> more = new ArrayList<>(faults);
        more.addAll(Collections.nCopies(times, fault));
        return new ScenarioPlan(brokers, rules, programs, more, time);
    }

    /** The same plan, in which these faults happen and no others. */
    ScenarioPlan withOnly(List<Fault> others) {
        return new ScenarioPlan(brokers, rules, programs, others, time);
    }

    private static BrokerRules rules(SplittableRandom random) {
        return BrokerRules.HONEST
                .withTimes(
                        Duration.ofNanos(random.nextLong(1, 200_000_000)),
                        Duration.ofMillis(random.nextLong(1, 1_000)),
                        Duration.ofMillis(random.nextLong(1, 300)))
                .withHabits(random.nextBoolean(), true, 1 + random.nextInt(30));
    }

    private static ProgramPlan program(String name, SplittableRandom random) {
        Duration initial = Duration.ofMillis(random.nextLong(1, 500));
        Duration max = initial.plusMillis(random.nextLong(1, random.nextBoolean() ? 500 : 20_000));
        int messages = random.nextInt(3) == 0 ? 0 : random.nextInt(1, 150);
        return new ProgramPlan(
                name,
                name,
                options(random),
                initial,
                max,
                messages,
                STORES.get(random.nextInt(STORES.size())),
                FEEDS.get(random.nextInt(FEEDS.size())),
                STORES.get(random.nextInt(STORES.size())),
                random.nextBoolean(),
                ProgramPlan.Habits.USUAL);
    }

    private static ClientOptions options(SplittableRandom random) {
        Limits limits = random.nextBoolean()
                ? Limits.DEFAULTS
                : Limits.DEFAULTS
                        .withWriteQueueBytes(random.nextInt(100, 2_000))
                        .withLane(random.nextInt(1, 20), 1_000)
                        .withPublishesInFlight(random.nextInt(1, 60));
        return ClientOptions.DEFAULTS
                .with(Timeouts.DEFAULTS
                        .withConnect(Duration.ofMillis(random.nextLong(500, 10_000)))
                        .withCommand(Duration.ofMillis(random.nextLong(2_000, 10_000)))
                        .withClose(Duration.ofMillis(random.nextLong(100, 5_000))))
                .with(limits)
                .with(Heartbeat.every(Duration.ofSeconds(random.nextInt(1, 6))))
                .with(Reconnect.always().stableAfter(Duration.ofMillis(random.nextLong(1_000, 60_000))));
    }
}
