package io.holdfast.ha.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.core.IntervalFunction;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.ClientState;
import io.holdfast.client.Reconnect;
import io.holdfast.client.Timeouts;
import io.holdfast.client.collision.StoreCounts;
import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.InboundSink;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.ReconnectGaveUpException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Message;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.identity.NameSource;
import io.holdfast.ha.internal.naming.NameSetup;
import io.holdfast.ha.reconnect.BackOff;
import io.holdfast.ha.reconnect.EndpointList;
import io.holdfast.ha.reconnect.EndpointSelector;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A driver among parts that do not keep their word, with time that the test lets pass. */
class HaDriverTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Endpoint SERVER = Endpoint.parse("tcp://a:1/amps/json");

    private final ManualClock clock = ManualClock.at(Instant.EPOCH);
    private final ManualScheduler time = new ManualScheduler(clock);
    private final List<Runnable> decisions = new ArrayList<>();
    private boolean decisionsWait;
    private final List<Disconnect> ends = new ArrayList<>();
    private RuntimeException atEnd;

    private HaDriver driver(Connector connector) {
        return driver(connector, EndpointList.of(List.of(SERVER), clock), BackOff.constant(SECOND), Timeouts.DEFAULTS);
    }

    private HaDriver driver(
            Connector connector, EndpointSelector endpoints, IntervalFunction backOff, Timeouts timeouts) {
        return new HaDriver(new DriverSetup(
                LogonRequest.of("c"),
                ClientOptions.DEFAULTS.with(Reconnect.always()).with(timeouts),
                connector,
                endpoints,
                backOff,
                Engine.borrowed(clock, this::decide, time, new Random(1)),
                Session::new,
                change -> {},
                new NameSetup(
                        IdentityStamp.ofNonce("00000000000000aa"),
                        NameSource.EXPLICIT,
                        false,
                        CollisionOptions.DEFAULTS,
                        null,
                        () -> StoreCounts.NONE,
                        diagnosis -> {},
                        Runnable::run)));
    }

    private void decide(Runnable decision) {
        if (decisionsWait) {
            decisions.add(decision);
        } else {
            decision.run();
        }
    }

    private void decideAll() {
        decisionsWait = false;
        List<Runnable> all = List.copyOf(decisions);
        decisions.clear();
        all.forEach(Runnable::run);
    }

    private static void connect(HaDriver driver) {
        var unused = driver.connect(Duration.ofSeconds(10), false);
    }

    /** A session that takes part in nothing. */
    private final class Session implements LinkSession {
        @Override
        public InboundSink sink() {
            return new InboundSink() {
                @Override
                public void onMessage(Message message) {}

                @Override
                public void onPublishAck(Ack ack) {}
            };
        }

        @Override
        public void loggedOn(Connection connection) {}

        @Override
        public CompletionStage<Void> resume(Connection connection) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void ended(Disconnect disconnect) {
            ends.add(disconnect);
            if (atEnd != null) {
                throw atEnd;
            }
        }
    }

    /** A transport that cannot be called off: what its stage is cancelled by goes unheard. */
    private static final class Deaf implements Connector {

        private final FakeConnector fake = FakeConnector.manual();

        @Override
        public CompletionStage<Connection> connect(ConnectRequest request) {
            return ((CompletableFuture<Connection>) fake.connect(request)).minimalCompletionStage();
        }

        @Override
        public boolean close(Duration timeout) {
            return fake.close(timeout);
        }
    }

    private static Connector failing(Error error) {
        return new Connector() {
            @Override
            public CompletionStage<Connection> connect(ConnectRequest request) {
                throw error;
            }

            @Override
            public boolean close(Duration timeout) {
                return true;
            }
        };
    }

    @Test
    void a_transport_without_one_of_its_classes_is_a_failed_attempt_and_the_next_one_is_made() {
        HaDriver driver = driver(failing(new NoClassDefFoundError("io/netty/Something")));
        connect(driver);
        assertThat(driver.state()).isEqualTo(ClientState.BACKOFF);
        assertThat(driver.late(SECOND)).hasMessageContaining("io/netty/Something");
        time.advance(SECOND);
        assertThat(driver.state()).isEqualTo(ClientState.BACKOFF);
        assertThat(time.waiting()).as("the next delay").isEqualTo(1);
    }

    @Test
    void a_back_off_and_a_selector_that_fail_with_errors_hold_up_nothing() {
        FakeConnector connector = FakeConnector.manual();
        EndpointSelector broken = new EndpointSelector() {
            @Override
            public Set<Endpoint> endpoints() {
                return Set.of(SERVER);
            }

            @Override
            public Endpoint next(boolean sameWanted, Instant now) {
                return null;
            }

            @Override
            public void succeeded(Endpoint endpoint) {
                throw new AssertionError("succeeded");
            }

            @Override
            public void failed(Endpoint endpoint, MessagingException cause) {
                throw new AssertionError("failed");
            }
        };
        IntervalFunction noDelay = attempt -> {
            throw new StackOverflowError();
        };
        HaDriver driver = driver(connector, broken, noDelay, Timeouts.DEFAULTS);
        connect(driver);
        connector.attempt().succeed();
        assertThat(driver.state()).isEqualTo(ClientState.PROBATION);
        connector.connection().disconnect(DisconnectCause.HEARTBEAT_TIMEOUT);
        assertThat(driver.state()).isEqualTo(ClientState.BACKOFF);
        time.advance(BackOff.DEFAULT_MAX);
        assertThat(connector.attempts()).hasSize(2);
        assertThat(connector.attempt().request().endpoint()).isEqualTo(SERVER);
    }

    @Test
    void a_session_that_fails_to_end_ends_the_client_instead_of_leaving_it_connected_to_nothing() {
        FakeConnector connector = FakeConnector.accepting();
        HaDriver driver = driver(connector);
        connect(driver);
        atEnd = new IllegalStateException("the store is broken");
        connector.connection().disconnect(DisconnectCause.PEER_CLOSED);
        assertThat(driver.connection()).isNull();
        assertThat(driver.state()).isEqualTo(ClientState.FAILED);
        assertThat(driver.refusal())
                .isInstanceOf(ReconnectGaveUpException.class)
                .hasRootCause(atEnd);
        assertThat(driver.closed()).isCompleted();
    }

    @Test
    void a_connection_of_an_attempt_given_up_that_comes_with_the_close_deadline_is_closed_and_another_is_made() {
        Deaf transport = new Deaf();
        HaDriver driver = driver(transport);
        connect(driver);
        FakeConnector.Attempt late = transport.fake.attempt();
        time.advance(Timeouts.DEFAULTS.connect()); // given up, and the transport does not hear it
        assertThat(driver.state()).isEqualTo(ClientState.CONNECTING);

        decisionsWait = true;
        time.advance(Timeouts.DEFAULTS.close()); // forgotten, but the connection is there before that is done
        late.succeed();
        decideAll();

        assertThat(late.connection().closeTimeout())
                .as("the late connection was closed")
                .isNotNull();
        assertThat(ends).hasSize(1);
        assertThat(driver.state()).isEqualTo(ClientState.BACKOFF);
        time.advance(SECOND);
        transport.fake.attempt().succeed();
        assertThat(driver.state()).isEqualTo(ClientState.PROBATION);
    }

    @Test
    void a_connection_that_comes_long_after_its_attempt_was_forgotten_is_closed() {
        Deaf transport = new Deaf();
        HaDriver driver = driver(transport);
        connect(driver);
        FakeConnector.Attempt late = transport.fake.attempt();
        time.advance(Timeouts.DEFAULTS.connect());
        time.advance(Timeouts.DEFAULTS.close());
        assertThat(driver.state()).isEqualTo(ClientState.BACKOFF);
        late.succeed();
        assertThat(late.connection().closeTimeout()).isNotNull();
        assertThat(driver.state()).isEqualTo(ClientState.BACKOFF);
    }

    @Test
    void the_longest_of_all_durations_is_a_close_deadline_like_any_other() {
        Timeouts endless = Timeouts.DEFAULTS.withClose(Duration.ofSeconds(Long.MAX_VALUE));
        FakeConnector connector = FakeConnector.accepting();
        HaDriver driver = driver(connector, EndpointList.of(List.of(SERVER), clock), BackOff.constant(SECOND), endless);
        connect(driver);
        assertThat(driver.close(Duration.ofSeconds(Long.MAX_VALUE)).toCompletableFuture())
                .isCompleted();
    }

    @Test
    void a_thousand_lost_connections_and_failed_attempts_leave_one_timer() {
        FakeConnector connector = FakeConnector.accepting();
        HaDriver driver = driver(connector);
        connect(driver);
        for (int i = 0; i < 1_000; i++) {
            // A cause of our own: what a peer does a thousand times is about the name, and has timers of its own.
            connector.connection().disconnect(DisconnectCause.OWN_SILENCE);
            assertThat(time.waiting()).as("the delay").isEqualTo(1);
            time.advance(SECOND);
            assertThat(driver.state()).isEqualTo(ClientState.PROBATION);
            assertThat(time.waiting()).as("until stable").isEqualTo(1);
        }
        assertThat(ends).hasSize(1_000);
        driver.close(SECOND);
        assertThat(time.waiting()).isZero();
    }
}
