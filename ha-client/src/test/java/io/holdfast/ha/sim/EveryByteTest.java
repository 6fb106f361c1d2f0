package io.holdfast.ha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Reconnect;
import io.holdfast.ha.sim.ProgramPlan.Feed;
import io.holdfast.ha.sim.ProgramPlan.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A small conversation, broken at each of its bytes, in each direction. */
class EveryByteTest {

    private static final long SEED = 42;

    /** The first link of the program, once the run is over. */
    private SimLink first = unmade();

    @Test
    void nothing_is_lost_whichever_byte_of_the_client_is_the_last() {
        long bytes = whole().up().written();

        List<String> wrong = new ArrayList<>();
        for (long last = 0; last <= bytes; last++) {
            long cut = last;
            wrong.addAll(run(link -> link.cutUpAfter(cut), "up " + cut));
        }

        assertThat(bytes).isGreaterThan(400);
        assertThat(wrong).isEmpty();
    }

    @Test
    void nothing_is_lost_whichever_byte_of_the_broker_is_the_last() {
        long bytes = whole().down().written();

        List<String> wrong = new ArrayList<>();
        for (long last = 0; last <= bytes; last++) {
            long cut = last;
            wrong.addAll(run(link -> link.cutDownAfter(cut), "down " + cut));
        }

        assertThat(bytes).isGreaterThan(400);
        assertThat(wrong).isEmpty();
    }

    private SimLink whole() {
        assertThat(run(link -> {}, "whole")).isEmpty();
        return first;
    }

    /** Runs the conversation with its first link tampered with; returns what must never be. */
    private List<String> run(Consumer<SimLink> tampering, String name) {
        boolean[] seen = new boolean[1];
        Simulation.Outcome outcome = Simulation.run(SEED, SimTrace.quiet(), world -> {
            SimScenario scenario = new SimScenario(world, plan(), Tampering.NONE);
            scenario.network().onLink(link -> {
                if (!seen[0]) {
                    seen[0] = true;
                    first = link;
                    tampering.accept(link);
                }
            });
            scenario.run();
        });
        return outcome.isGood() ? List.of() : List.of(name + ": " + outcome.describe());
    }

    private static ScenarioPlan plan() {
        ProgramPlan program = new ProgramPlan(
                "p1",
                "p1",
                ClientOptions.DEFAULTS.with(Reconnect.always()),
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                10,
                Store.MEMORY,
                Feed.EPOCH,
                Store.MEMORY,
                false,
                ProgramPlan.Habits.USUAL);
        return new ScenarioPlan(1, BrokerRules.HONEST, List.of(program), List.of(), Duration.ofSeconds(3));
    }

    private static SimLink unmade() {
        SimWorld nowhere = new SimWorld(0);
        return new SimLink(0, "", "", nowhere, nowhere.random(), 1, new Nobody<>(), new Nobody<>());
    }

    private static final class Nobody<F> implements SimPipe.Receiver<F> {
        @Override
        public void receive(F frame) {
            throw new IllegalStateException("nobody is there");
        }

        @Override
        public void ended(boolean inOrder) {
            throw new IllegalStateException("nobody is there");
        }
    }
}
