package io.holdfast.ha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.core.IntervalFunction;
import io.holdfast.client.Client;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishResult;
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
                .anyMatch(text -> text.contains("never received") || text.matches(".* received .* and not .*"));
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
                    honest.schedule(Duration.ofSeconds(5).toNanos(), () -> {});
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

    @Test
    void a_program_that_takes_a_refused_publish_for_a_kept_one_is_noticed() {
        Tampering careless = new Tampering() {
            @Override
            public PublishResult publish(Client client, Topic topic, Payload payload) {
                try {
                    return client.publish(topic, payload);
                } catch (StoreException e) {
                    return new NeverKept();
                }
            }
        };

        assertThat(violationsOf(plan -> plan.with(1, Fault.FULL_DISK), careless))
                .anyMatch(text -> text.contains("publish returned, and it never arrived"));
    }

    @Test
    void a_client_that_keeps_what_it_says_it_could_not_is_noticed() {
        Tampering twoFaced = new Tampering() {
            @Override
            public PublishResult publish(Client client, Topic topic, Payload payload) {
                PublishResult result = client.publish(topic, payload);
                if (result.id() % 5 == 0) {
                    throw new StoreException(
                            "folder", StoreException.Trouble.UNAVAILABLE, "full", "publish again", null);
                }
                return result;
            }
        };

        assertThat(violations(rules -> rules, twoFaced))
                .anyMatch(text -> text.contains("arrived, although publish refused it"));
    }

    @Test
    void a_store_that_keeps_less_than_a_kill_allows_is_noticed() {
        Tampering forgetful = new Tampering() {
            @Override
            public boolean deathTakesUnforced() {
                return true;
            }
        };

        List<String> violations = violationsOf(plan -> plan.with(8, Fault.KILL), forgetful);

        assertThat(violations).anyMatch(text -> text.contains("publish returned, and it never arrived"));
        assertThat(violations).anyMatch(text -> text.contains(", which it had acknowledged"));
    }

    @Test
    void a_client_that_puts_messages_in_doubt_without_a_rival_is_noticed() {
        Tampering timid = new Tampering() {
            @Override
            public Connector connector(Connector honest) {
                return new TamperedConnector(honest, ForeignNumber::new);
            }
        };

        assertThat(violationsOf(plan -> plan.with(2, Fault.RESET), timid))
                .anyMatch(text -> text.contains("in doubt, and nobody else ever had the name"));
    }

    /** Says at each logon that somebody else published the latest message of its name. */
    private static final class ForeignNumber extends TamperedConnection {

        private ForeignNumber(Connection honest) {
            super(honest);
        }

        @Override
        public LogonResult logonResult() {
            LogonResult told = super.logonResult();
            long held = told.lastSequence().value();
            return new LogonResult(
                    told.clientName(),
                    SequenceNumber.of(held == 0 ? 0 : (held + (1 << 20)) ^ 1),
                    told.lastBookmark(),
                    told.brokerVersion(),
                    told.reason());
        }
    }

    /** What became of a message that nobody has. */
    private static final class NeverKept implements PublishResult {

        @Override
        public long id() {
            return 0;
        }

        @Override
        public SequenceNumber sequence() {
            return SequenceNumber.NONE;
        }

        @Override
        public CompletionStage<SequenceNumber> persisted() {
            return new CompletableFuture<>();
        }
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
        return violationsOf(plan -> plan.with(breaking.apply(plan.rules())), tampering);
    }

    private static List<String> violationsOf(UnaryOperator<ScenarioPlan> changed, Tampering tampering) {
        return Simulation.run(1, SEEDS, 8, world -> {
                    ScenarioPlan plan = changed.apply(ScenarioPlan.of(world.random()));
                    new SimScenario(world, plan, tampering).run();
                })
                .stream()
                .flatMap(outcome -> outcome.violations().stream())
                .toList();
    }
}
