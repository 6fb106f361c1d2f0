package io.holdfast.ha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Storms that never meet what they are for show nothing: each fault alone leaves its traces, and they are nobody else's. */
class FaultsTest {

    private static final int SEEDS = 40;

    /** So many storms, in which each fault comes several times, with whatever else happens. */
    private static final int STORMS = 150;

    private static final int TIMES = 12;

    /** What stands in the trace where a fault has hit: client, broker or disk noticed. */
    private static List<String> traces(Fault fault) {
        return switch (fault) {
            case RESET -> List.of("the connection failed");
            case CUT_UP -> List.of("breaks within a frame up");
            case CUT_DOWN -> List.of("breaks within a frame down");
            case HALF_OPEN ->
                List.of(
                        "goes silent up",
                        "goes silent down",
                        "goes silent up down",
                        ": heartbeat", // the broker heard nothing
                        "the peer was silent for two heartbeat intervals");
            case REFUSE -> List.of("and b1 REFUSES", "and b2 REFUSES", "connection refused");
            case SILENT -> List.of("and b1 SILENT", "and b2 SILENT", "no answer in time");
            case SLAM -> List.of("and b1 SLAMS", "and b2 SLAMS", "closed before the answer");
            case DEAF -> List.of("and b1 DEAF", "and b2 DEAF", "no answer in time");
            case SLOW_LOGON -> List.of("b1 answers p1 late", "b2 answers p1 late", "no answer in time");
            case REFUSE_LOGON -> List.of("was refused, reason: name in use", "was refused, reason: the moon is full");
            case REFUSE_SUBSCRIPTION ->
                List.of("could not subscribe: ", "is refused feed again: ", "lost feed: ", "the moon is full");
            case EVICT -> List.of("meets a rival", ": name in use");
            case KICK -> List.of("meets a rival", ": admin");
            case CRASH -> List.of("b1 crashes", "b2 crashes", "crashes silently", "loses what was not durable");
            case SLOW_CLOSE -> List.of("waits for its peer to close", "HF-2206");
            case SLOW_NETWORK -> List.of("is slow: ");
            case CLOCK_STEP -> List.of("was told of times that go back");
            case PAUSE -> List.of("misses in its pause", "this process sent nothing for");
            case STALL_DECISIONS -> List.of("/ha keeps its tasks waiting");
            case STALL_DELIVERY -> List.of("/lane-1 keeps its tasks waiting", "/lane-2 keeps its tasks waiting");
            case FULL_DISK ->
                List.of(
                        ": StoreException", // thrown by publish
                        "HF-2402", // the bookmark store could not write
                        "HF-2403"); // and could again
            case KILL ->
                List.of(
                        " is killed",
                        "will die writing",
                        "HF-2301", // the publish store cut off a record that was not finished
                        "HF-2401"); // the bookmark store
        };
    }

    /** What makes room for a fault that can only hit what another one causes. */
    private static List<Fault> occasions(Fault fault) {
        return switch (fault) {
            case CLOCK_STEP, REFUSE_SUBSCRIPTION, SLOW_NETWORK ->
                List.of(Fault.RESET); // then there is something to see
            default -> List.of();
        };
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void each_fault_hits_what_it_is_for(Fault fault) {
        List<Fault> occasions = new ArrayList<>();
        occasions(fault).forEach(occasion -> occasions.addAll(Collections.nCopies(TIMES, occasion)));
        List<Fault> faults = new ArrayList<>(occasions);
        faults.addAll(Collections.nCopies(TIMES, fault));

        assertThat(seen(traces(fault), SEEDS, plan -> plan.withOnly(faults)))
                .as("with the fault")
                .containsExactlyInAnyOrderElementsOf(traces(fault));
        assertThat(seen(traces(fault), SEEDS, plan -> plan.withOnly(occasions)))
                .as("without it")
                .isEmpty();
    }

    @Test
    void storms_meet_all_of_it() {
        List<String> all = Stream.of(Fault.values())
                .flatMap(fault -> traces(fault).stream())
                .distinct()
                .toList();

        Set<String> seen = seen(
                all,
                STORMS,
                plan -> plan.with(3, Fault.KILL).with(3, Fault.FULL_DISK)); // few of these show in a record

        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void programs_that_are_killed_while_their_disks_are_full_cannot_start() {
        List<Fault> faults = new ArrayList<>(Collections.nCopies(TIMES, Fault.FULL_DISK));
        faults.addAll(Collections.nCopies(TIMES, Fault.KILL));

        assertThat(seen(List.of("cannot start"), SEEDS, plan -> plan.withOnly(faults)))
                .isNotEmpty();
    }

    private static Set<String> seen(List<String> wanted, int seeds, UnaryOperator<ScenarioPlan> changed) {
        Set<String> seen = new TreeSet<>();
        SimTrace looking =
                SimTrace.shownTo(line -> wanted.stream().filter(line::contains).forEach(seen::add));
        for (long seed = 1; seed <= seeds; seed++) {
            Simulation.Outcome outcome = Simulation.run(seed, looking, world -> {
                ScenarioPlan plan = changed.apply(ScenarioPlan.of(world.random()));
                new SimScenario(world, plan, Tampering.NONE).run();
            });
            assertThat(outcome.violations()).as(outcome.describe()).isEmpty();
        }
        return seen;
    }
}
