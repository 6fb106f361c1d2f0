package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Client;
import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.it.broker.BrokerPair;
import io.holdfast.it.broker.BrokerUnderTest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two brokers that replicate to each other; the one in use dies, and everything goes on at the other. */
class FailoverIT {

    private static final int SOME = 500;

    private BrokerPair brokers;

    @BeforeEach
    void start() {
        brokers = BrokerPair.start();
    }

    @AfterEach
    void stop() {
        brokers.close();
    }

    @Test
    void publishing_and_subscription_go_on_at_the_other_without_gap_or_duplicate() throws Exception {
        try (Traffic traffic = traffic("wandering")) {
            traffic.publish(SOME);
            traffic.awaitLast();
            BrokerUnderTest used = inUse(traffic);
            BrokerUnderTest other = otherThan(used);
            awaitReplicated(traffic, other);
            int mark = traffic.publisherSays().mark();

            used.kill();
            traffic.publish(SOME);

            traffic.checkEverythingArrivedOnceAndInOrder();
            Endpoint now = traffic.publisherSays()
                    .await(mark, change -> change.to() == ClientState.PROBATION, "it is not connected again")
                    .change()
                    .endpoint();
            assertThat(now).isEqualTo(Endpoint.parse(other.uri()));
        }
    }

    /** Replication is asynchronous: what the dead one had confirmed and not yet passed on is on its disk, and nowhere else. */
    @Test
    void without_a_wait_nothing_is_missing_but_what_was_confirmed_and_not_yet_replicated() throws Exception {
        try (Traffic traffic = traffic("hasty")) {
            traffic.publish(SOME);
            BrokerUnderTest used = inUse(traffic);
            awaitReplicated(traffic, otherThan(used));
            int mark = traffic.publisherSays().mark();
            Set<Long> confirmed = ConcurrentHashMap.newKeySet();
            for (int i = 0; i < 10 * SOME; i++) {
                long n = traffic.published() + 1;
                var unused = traffic.publish(1).persisted().thenRun(() -> confirmed.add(n));
            }
            used.kill();
            traffic.publisherSays().awaitLoss(mark);
            Set<Long> confirmedBefore = Set.copyOf(confirmed);
            traffic.publish(SOME);
            traffic.awaitLast();

            assertThat(traffic.arrivals().repeats()).as("%s", traffic).isEmpty();
            for (CounterCheck.Gap gap : traffic.arrivals().gaps()) {
                for (long n = gap.first(); n <= gap.last(); n++) {
                    assertThat(confirmedBefore)
                            .as("%s is missing; %s", n, traffic)
                            .contains(n);
                }
            }
        }
    }

    private Traffic traffic(String name) {
        return Traffic.of(
                name,
                PublishStoreOptions.memory(),
                brokers.first().uri(),
                brokers.second().uri());
    }

    /** The publisher's: the first, unless that took longer to answer than an attempt waits. */
    private BrokerUnderTest inUse(Traffic traffic) {
        Endpoint now = traffic.publisherSays().endpoint();
        return now.equals(Endpoint.parse(brokers.first().uri())) ? brokers.first() : brokers.second();
    }

    private BrokerUnderTest otherThan(BrokerUnderTest broker) {
        return broker == brokers.first() ? brokers.second() : brokers.first();
    }

    /** Until the other one has all that was published, as a reader there sees. */
    private static void awaitReplicated(Traffic traffic, BrokerUnderTest other) throws InterruptedException {
        CounterCheck there = new CounterCheck(traffic.name());
        try (Client reader =
                Traffic.client("auditor", new Transitions(), other.uri()).build()) {
            reader.connect(Traffic.PATIENCE);
            reader.subscribe(
                    SubscribeRequest.builder(traffic.topic())
                            .bookmark(Bookmark.EPOCH)
                            .build(),
                    there,
                    Traffic.PATIENCE);
            Waiting.until(
                    () -> there.last() >= traffic.published(),
                    Traffic.PATIENCE,
                    () -> "replicated up to " + there.last() + "; " + traffic);
        }
    }
}
