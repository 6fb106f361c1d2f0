package io.holdfast.it.ha;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.it.broker.Brokers;
import io.holdfast.it.broker.RestartableBroker;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One broker that goes away in every way there is and comes back: the client does so by itself, what was published meanwhile arrives once
 * and in order, and the subscription goes on without a gap and without a duplicate.
 */
class ReconnectIT {

    private static final int SOME = 200;

    /** Two intervals of one second, and what a busy machine takes to freeze a broker and run a test. */
    private static final Duration NOTICED_WITHIN = Duration.ofMillis(3_500);

    private static RestartableBroker broker;
    private static FaultProxy proxy;

    @BeforeAll
    static void start() {
        broker = Brokers.startRestartable();
        proxy = FaultProxy.before(broker.port());
    }

    @AfterAll
    static void stop() {
        proxy.close();
        broker.close();
    }

    @Test
    void a_killed_broker_that_comes_back() throws Exception {
        try (Traffic traffic = Traffic.of("bereaved", PublishStoreOptions.memory(), broker.uri())) {
            int mark = traffic.publisherSays().mark();
            traffic.publish(SOME); // some of them may be on their way
            broker.kill();
            assertThat(traffic.publisherSays().awaitLoss(mark).cause().orElseThrow())
                    .isIn(DisconnectCause.PEER_CLOSED, DisconnectCause.PEER_RESET);
            traffic.publish(SOME);
            broker.startAgain();
            traffic.publish(SOME);

            traffic.checkEverythingArrivedOnceAndInOrder();
        }
    }

    @Test
    void a_broker_that_an_operator_restarts() throws Exception {
        try (Traffic traffic = Traffic.of("patient", PublishStoreOptions.memory(), broker.uri())) {
            int mark = traffic.publisherSays().mark();
            traffic.publish(SOME);
            broker.stop();
            traffic.publisherSays().awaitLoss(mark);
            traffic.publish(SOME);
            broker.startAgain();
            traffic.publish(SOME);

            traffic.checkEverythingArrivedOnceAndInOrder();
        }
    }

    @Test
    void a_paused_broker_is_noticed_within_two_heartbeat_intervals_and_used_again() throws Exception {
        try (Traffic traffic = Traffic.of("watchful", PublishStoreOptions.memory(), broker.uri())) {
            traffic.publish(SOME);
            traffic.awaitLast();
            int publisherMark = traffic.publisherSays().mark();
            int subscriberMark = traffic.subscriberSays().mark();
            long paused = System.nanoTime();
            broker.pause();
            try {
                assertNoticed(traffic.publisherSays(), publisherMark, paused);
                assertNoticed(traffic.subscriberSays(), subscriberMark, paused);
                traffic.publish(SOME);
            } finally {
                broker.unpause();
            }
            traffic.publish(SOME);

            traffic.checkEverythingArrivedOnceAndInOrder();
        }
    }

    @Test
    void a_broker_that_is_cut_off_from_the_network() throws Exception {
        try (Traffic traffic = Traffic.of("isolated", PublishStoreOptions.memory(), proxy.uri())) {
            int publisherMark = traffic.publisherSays().mark();
            int subscriberMark = traffic.subscriberSays().mark();
            traffic.publish(SOME);
            proxy.unplug();
            try {
                traffic.publish(SOME);
                traffic.publisherSays().awaitLoss(publisherMark);
                traffic.subscriberSays().awaitLoss(subscriberMark);
                traffic.publish(SOME);
            } finally {
                proxy.plugIn();
            }

            traffic.checkEverythingArrivedOnceAndInOrder();
        }
    }

    @Test
    void a_link_that_swallows_what_is_sent_is_a_dead_peer() throws Exception {
        try (Traffic traffic = Traffic.of("half-open", PublishStoreOptions.memory(), proxy.uri())) {
            traffic.publish(SOME);
            traffic.awaitLast();
            int publisherMark = traffic.publisherSays().mark();
            int subscriberMark = traffic.subscriberSays().mark();
            long unplugged = System.nanoTime();
            proxy.unplug();
            try {
                traffic.publish(SOME); // what is written does not make a dead peer look alive
                assertNoticed(traffic.publisherSays(), publisherMark, unplugged);
                assertNoticed(traffic.subscriberSays(), subscriberMark, unplugged);
            } finally {
                proxy.plugIn();
            }

            traffic.checkEverythingArrivedOnceAndInOrder();
        }
    }

    private static void assertNoticed(Transitions says, int mark, long sinceNanos) throws InterruptedException {
        Transitions.Seen loss = says.awaitLoss(mark);
        assertThat(loss.cause()).contains(DisconnectCause.HEARTBEAT_TIMEOUT);
        assertThat(requireNonNull(loss.change().disconnect()).lifetime())
                .as("two intervals at least, whatever else the machine does")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(Duration.ofNanos(loss.nanos() - sinceNanos))
                .as("from the silence to the end of the connection")
                .isLessThan(NOTICED_WITHIN);
    }
}
