package io.holdfast.ha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.core.IntervalFunction;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.spi.Scheduler;
import io.holdfast.ha.store.PublishStoreOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A simulation that cannot fail shows nothing: each of these is broken in one way, and it has to be noticed, for what it is. */
class MutationTest {

    private static final int SEEDS = 60;

    @Test
    void a_broker_that_loses_what_it_acknowledged_is_noticed() {
        assertThat(violations(rules -> rules.broken(7, false, 0), Tampering.NONE))
                .anyMatch(text -> text.contains("acknowledged, and not in the log"));
    }

    @Test
    void a_broker_that_takes_the_same_message_twice_is_noticed() {
        assertThat(violations(rules -> rules.broken(0, true, 0), Tampering.NONE))
                .anyMatch(text -> text.contains("stands in the log"));
    }

    @Test
    void a_broker_that_leaves_messages_out_is_noticed() {
        assertThat(violations(rules -> rules.broken(0, false, 9), Tampering.NONE))
                .anyMatch(text -> text.contains("never received") || text.contains("and the log holds"));
    }

    @Test
    void a_client_that_forgets_to_replay_is_noticed() {
        Tampering forgetful = new Tampering() {
            @Override
            public PublishStoreOptions store(PublishStoreOptions honest) {
                return PublishStoreOptions.none();
            }
        };

        assertThat(violations(rules -> rules, forgetful))
                .anyMatch(text -> text.contains("although its store keeps it"));
    }

    @Test
    void a_client_that_waits_too_long_is_noticed() {
        Tampering lazy = new Tampering() {
            @Override
            public IntervalFunction backOff(IntervalFunction honest) {
                return IntervalFunction.of(Duration.ofMinutes(10));
            }
        };

        assertThat(violations(rules -> rules, lazy)).anyMatch(text -> text.contains("and was to be connected"));
    }

    @Test
    void a_client_that_leaves_a_timer_behind_is_noticed() {
        Tampering forgetful = new Tampering() {
            @Override
            public Scheduler scheduler(Scheduler honest) {
                return (delay, task) -> {
                    honest.schedule(delay + Duration.ofHours(1).toNanos(), () -> {});
                    return honest.schedule(delay, task);
                };
            }
        };

        assertThat(violations(rules -> rules, forgetful)).anyMatch(text -> text.contains("left behind timer"));
    }

    @Test
    void a_client_that_connects_again_before_the_old_link_is_gone_is_noticed() {
        Tampering hasty = new Tampering() {
            @Override
            public Connector connector(Connector honest) {
                return new TamperedConnector(honest, ClosedTooEarly::new);
            }
        };

        assertThat(violations(rules -> rules, hasty)).anyMatch(text -> text.contains("two links of one client"));
    }

    @Test
    void a_client_that_does_not_close_its_connection_is_noticed() {
        Tampering stubborn = new Tampering() {
            @Override
            public Connector connector(Connector honest) {
                return new TamperedConnector(honest, NeverClosed::new);
            }
        };

        assertThat(violations(rules -> rules, stubborn)).anyMatch(text -> text.contains("still open after close"));
    }

    /** Says that it is over a moment after it has begun. */
    private static final class ClosedTooEarly extends TamperedConnection {

        private ClosedTooEarly(Connection honest) {
            super(honest);
        }

        @Override
        public CompletionStage<Disconnect> closed() {
            return CompletableFuture.completedFuture(new Disconnect(
                    endpoint(), logonResult().clientName(), DisconnectCause.PEER_CLOSED, null, Duration.ZERO));
        }
    }

    /** Says that it is over, and is not. */
    private static final class NeverClosed extends TamperedConnection {

        private NeverClosed(Connection honest) {
            super(honest);
        }

        @Override
        public CompletionStage<Disconnect> close(Duration timeout) {
            return closed();
        }
    }

    private static List<String> violations(UnaryOperator<BrokerRules> breaking, Tampering tampering) {
        return Simulation.run(1, SEEDS, 1, world -> {
                    ScenarioPlan honest = ScenarioPlan.of(world.random());
                    ScenarioPlan plan = new ScenarioPlan(
                            honest.brokers(),
                            breaking.apply(honest.rules()),
                            honest.programs(),
                            honest.faults(),
                            honest.time());
                    new SimScenario(world, plan, tampering).run();
                })
                .stream()
                .flatMap(outcome -> outcome.violations().stream())
                .toList();
    }
}
