package io.holdfast.ha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.message.AckType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The simulated broker and network, asked by hand: the rules that everything else here leans on. */
class SimBrokerTest {

    private final SimWorld world = new SimWorld(1);
    private final SimNetwork network = new SimNetwork(world);
    private final SimBroker broker = new SimBroker(world, "b1", BrokerRules.HONEST);
    private final SimProcess process = new SimProcess(world, "p1");
    private final HandClient hand = new HandClient(network, process, network.listen(broker));

    @Test
    void the_newest_of_one_name_wins_and_the_older_sees_a_bare_close() {
        Connection first = hand.connect("n");
        HandClient rival = new HandClient(network, new SimProcess(world, "p2"), first.endpoint());
        Connection second = rival.connect("n");

        world.runFor(Duration.ofSeconds(1));

        assertThat(first.closed().toCompletableFuture().join().cause())
                .isIn(DisconnectCause.PEER_CLOSED, DisconnectCause.PEER_RESET);
        assertThat(second.closed().toCompletableFuture()).isNotDone();
        assertThat(broker.sessions()).filteredOn(BrokerSession::isLoggedOn).hasSize(1);
    }

    @Test
    void a_name_of_another_user_is_refused() {
        hand.connect("n");
        HandClient rival = new HandClient(network, new SimProcess(world, "p2"), hand.endpoint());

        Throwable failure = rival.connectAs("n", "somebody else");

        assertThat(failure).isInstanceOfAny(LogonRefusedException.class, ConnectFailedException.class);
        assertThat(broker.sessions()).filteredOn(BrokerSession::isLoggedOn).hasSize(1);
    }

    @Test
    void what_is_not_above_the_highest_of_its_name_is_dropped_and_acknowledged() {
        hand.connect("n");
        hand.publish(5, "five");
        hand.publish(9, "nine");
        world.runFor(Duration.ofSeconds(1));
        assertThat(hand.acks()).containsExactly("success 9");

        hand.disconnect();
        Connection again = hand.connect("n");
        assertThat(again.logonResult().lastSequence().value()).isEqualTo(9);
        hand.publish(7, "seven");
        hand.publish(9, "nine");
        hand.publish(10, "ten");
        world.runFor(Duration.ofSeconds(1));

        assertThat(broker.log().durableEntries()).extracting(LogEntry::text).containsExactly("five", "nine", "ten");
        assertThat(hand.acks()).last().isEqualTo("success 10");
    }

    @Test
    void a_refused_publish_is_told_by_itself_between_the_successes() {
        hand.connect("n");
        hand.publish(1, "a");
        hand.publish(2, "b");
        hand.publish("forbidden", 3, "c");
        hand.publish(4, "d");
        hand.publish(5, "e");

        world.runFor(Duration.ofSeconds(1));

        assertThat(hand.acks()).containsExactly("success 2", "failure 3", "success 5");
    }

    @Test
    void a_crash_takes_what_was_accepted_and_not_durable_and_nothing_else() {
        SimBroker slow = new SimBroker(
                world,
                "slow",
                BrokerRules.HONEST.withTimes(Duration.ofSeconds(100), Duration.ofMillis(1), Duration.ZERO));
        HandClient client = new HandClient(network, process, network.listen(slow));
        client.connect("n");
        client.publish(1, "a");
        world.runUntil(() -> slow.log().durable() == 1, Duration.ofSeconds(200));
        client.publish(2, "b");
        world.runFor(Duration.ofMillis(100));
        assertThat(slow.log().size()).isEqualTo(2);

        slow.crash(false);
        slow.start();

        assertThat(slow.lost()).extracting(LogEntry::text).containsExactly("b");
        assertThat(client.connect("n").logonResult().lastSequence().value()).isEqualTo(1);
    }

    @Test
    void a_subscription_replays_from_a_bookmark_and_goes_on() {
        hand.connect("n");
        hand.publish(1, "a");
        hand.publish(2, "b");
        hand.publish(3, "c");
        world.runFor(Duration.ofSeconds(1));

        hand.subscribe("s", LogEntry.hash("n") + "|1|");
        world.runFor(Duration.ofSeconds(1));
        assertThat(hand.received()).containsExactly("s b", "s c");
        hand.publish(4, "d");
        world.runFor(Duration.ofSeconds(1));
        assertThat(hand.received()).containsExactly("s b", "s c", "s d");
        assertThat(hand.furtherAcks()).containsExactly(AckType.COMPLETED);
    }

    @Test
    void of_a_list_of_bookmarks_the_earliest_counts_and_an_unknown_one_means_now() {
        hand.connect("n");
        hand.publish(1, "a");
        hand.publish(2, "b");
        world.runFor(Duration.ofSeconds(1));

        hand.subscribe("list", LogEntry.hash("n") + "|2|," + LogEntry.hash("n") + "|1|");
        hand.subscribe("unknown", "17|4|");
        hand.subscribe("epoch", "0");
        hand.subscribe("now", "0|1|");
        world.runFor(Duration.ofSeconds(1));

        assertThat(hand.received()).containsExactlyInAnyOrder("list b", "epoch a", "epoch b");
    }

    @Test
    void one_message_goes_once_to_all_live_subscriptions_of_a_connection() {
        hand.connect("n");
        hand.subscribe("s1", null);
        hand.subscribe("s2", null);
        hand.publish(1, "a");
        world.runFor(Duration.ofSeconds(1));

        assertThat(hand.received()).containsExactly("s1,s2 a");
    }

    @Test
    void with_synchronous_replicas_nothing_is_persisted_before_all_have_it() {
        SimBroker other = new SimBroker(world, "b2", BrokerRules.HONEST);
        broker.replicateTo(other);
        other.replicateTo(broker);
        other.crash(false);
        hand.connect("n");
        hand.publish(1, "a");
        world.runFor(Duration.ofSeconds(5));
        assertThat(hand.acks()).isEmpty();

        other.start();
        world.runFor(Duration.ofSeconds(1));

        assertThat(hand.acks()).containsExactly("success 1");
        assertThat(other.log().durableEntries()).extracting(LogEntry::text).containsExactly("a");
    }

    @Test
    void a_broker_hangs_up_on_a_client_that_it_does_not_hear() {
        Connection connection = hand.connect("n");
        world.runFor(Duration.ofSeconds(1));
        hand.link().blackhole(true, false);

        world.runFor(Duration.ofSeconds(30));

        assertThat(broker.sessions()).isEmpty();
        assertThat(connection.closed().toCompletableFuture().join().cause())
                .isIn(DisconnectCause.PEER_CLOSED, DisconnectCause.PEER_RESET);
    }

    @Test
    void a_client_that_stood_still_knows_why_the_broker_hung_up() {
        Connection connection = hand.connect("n");
        world.runFor(Duration.ofSeconds(7));
        process.pause(Duration.ofSeconds(14).toNanos());

        world.runFor(Duration.ofSeconds(30));

        Disconnect end = connection.closed().toCompletableFuture().join();
        assertThat(end.cause()).isEqualTo(DisconnectCause.OWN_SILENCE);
        assertThat(end.silence()).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(20));
    }

    @Test
    void a_client_notices_a_half_open_link_within_two_intervals() {
        Connection connection = hand.connect("n");
        world.runFor(Duration.ofSeconds(7));
        long before = world.nowNanos();
        hand.link().blackhole(true, true);

        world.runUntil(() -> connection.closed().toCompletableFuture().isDone(), Duration.ofSeconds(60));

        assertThat(connection.closed().toCompletableFuture().join().cause())
                .isEqualTo(DisconnectCause.HEARTBEAT_TIMEOUT);
        assertThat(Duration.ofNanos(world.nowNanos() - before)).isLessThan(Duration.ofMillis(10_300));
    }

    @Test
    void a_link_cut_at_a_byte_has_delivered_what_was_whole_before_it() {
        for (int bytes = 0; bytes < 200; bytes++) {
            SimWorld small = new SimWorld(bytes);
            SimNetwork lines = new SimNetwork(small);
            SimBroker taker = new SimBroker(small, "b", BrokerRules.HONEST);
            HandClient client = new HandClient(lines, new SimProcess(small, "p"), lines.listen(taker));
            Connection connection = client.connect("n");
            small.runFor(Duration.ofMillis(100));
            client.link().cutUpAfter(bytes);
            int whole = 0;
            for (int i = 1; i <= 5; i++) {
                client.publish(i, "m" + i);
                whole += bytes >= i * client.frameBytes("m" + i) ? 1 : 0;
            }
            small.runFor(Duration.ofSeconds(1));

            assertThat(taker.log().size()).as("bytes %s", bytes).isEqualTo(whole);
            assertThat(connection.closed().toCompletableFuture().isDone())
                    .as("bytes %s", bytes)
                    .isEqualTo(whole < 5);
        }
    }

    @Test
    void a_closed_connection_refuses_everything() {
        Connection connection = hand.connect("n");
        hand.disconnect();

        assertThat(connection
                        .execute(HandClient.flush(), Duration.ofSeconds(1), ack -> {})
                        .reply()
                        .toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withCauseInstanceOf(DisconnectedException.class);
    }

    @Test
    void a_rival_is_seen_in_the_status_topic() {
        hand.connect("watcher");
        hand.subscribe("s", null, ClientStatus.TOPIC);
        HandClient other = new HandClient(network, new SimProcess(world, "p2"), hand.endpoint());
        other.connect("n");
        other.disconnect();
        world.runFor(Duration.ofSeconds(1));

        assertThat(hand.received())
                .anyMatch(text -> text.contains("\"event\":\"logon\",\"client_name\":\"n\""))
                .anyMatch(text -> text.contains("\"reason\":\"connection closed\""));
    }
}
