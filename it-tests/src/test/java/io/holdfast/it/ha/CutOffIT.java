package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.ContainerBroker;
import io.holdfast.it.broker.Engine;
import io.holdfast.it.program.ContainerProgram;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;

/**
 * A broker, a publisher and a subscriber in containers on a network of their own, which one after the other are taken off it and put back:
 * the broker by another address. To each other they are silent, as behind a pulled cable. Without a container engine {@link ReconnectIT}
 * tells the same through a proxy.
 *
 * <pre>
 * hold --publish ---&gt; network ---&gt; broker ---&gt; network ---&gt; hold --subscribe
 * </pre>
 */
class CutOffIT {

    private static final String BROKER = "broker";
    private static final String TOPIC = "counters";

    @Test
    void whoever_is_taken_off_the_network_nothing_is_lost_or_doubled() throws Exception {
        assumeTrue(Engine.isThere(), "only containers have a network that they can be taken off");
        try (Network network = Network.newNetwork();
                ContainerBroker broker = ContainerBroker.startRestartable(BrokerSettings.DEFAULTS, network, BROKER);
                HoldProgram<ContainerProgram> subscriber =
                        HoldProgram.inContainer(network, configuration("subscriber"), "--subscribe", TOPIC);
                HoldProgram<ContainerProgram> publisher = HoldProgram.inContainer(
                        network, configuration("publisher"), "--publish", TOPIC, "--rate", "500")) {
            awaitTraffic(publisher, subscriber);

            int publisherMark = publisher.mark();
            int subscriberMark = subscriber.mark();
            broker.program().leave(network);
            assertNoticed(publisher, publisherMark);
            assertNoticed(subscriber, subscriberMark);
            broker.program().join(network, BROKER);
            publisher.awaitConnected(publisherMark);
            subscriber.awaitConnected(subscriberMark);
            awaitTraffic(publisher, subscriber);

            cutOff(publisher, network);
            awaitTraffic(publisher, subscriber);
            cutOff(subscriber, network);
            awaitTraffic(publisher, subscriber);

            assertNothingLostOrDoubled(publisher, subscriber);
        }
    }

    private static String configuration(String name) {
        return """
                holdfast.servers = %s
                holdfast.client.name = %s
                holdfast.subscribe.bookmark = epoch
                holdfast.heartbeat.interval = 1s
                holdfast.connect.timeout = 5s
                holdfast.close.timeout = 15s
                holdfast.backoff.initial = 50ms
                holdfast.backoff.max = 500ms
                """.formatted(ContainerBroker.uriWithin(BROKER), name);
    }

    private static void cutOff(HoldProgram<ContainerProgram> program, Network network) throws InterruptedException {
        int mark = program.mark();
        program.program().leave(network);
        assertNoticed(program, mark);
        program.program().join(network, "again");
        program.awaitConnected(mark);
    }

    private static void assertNoticed(HoldProgram<?> program, int mark) throws InterruptedException {
        assertThat(program.awaitLoss(mark).get("cause").asText())
                .contains("the peer was silent for two heartbeat intervals");
    }

    /** Until what is published now has arrived. */
    private static void awaitTraffic(HoldProgram<?> publisher, HoldProgram<?> subscriber) throws InterruptedException {
        long published = publisher.most(0, "published");
        subscriber.await(0, line -> line.get("received").asLong() > published, "nothing arrives after " + published);
    }

    private static void assertNothingLostOrDoubled(HoldProgram<?> publisher, HoldProgram<?> subscriber)
            throws InterruptedException {
        JsonNode sent = publisher.end();
        long published = sent.get("published").asLong();
        assertThat(sent.get("persisted").asLong()).as("confirmed").isEqualTo(published);
        assertThat(sent.get("pending").asLong()).as("unconfirmed").isZero();

        subscriber.await(0, line -> line.get("received").asLong() >= published, "not all of " + published);
        JsonNode got = subscriber.end();
        assertThat(got.get("received").asLong()).isEqualTo(published);
        assertThat(got.get("duplicates").asLong()).as("duplicates").isZero();
        assertThat(got.get("gaps").asLong()).as("gaps").isZero();
        assertThat(got.get("restarts").asLong()).as("counters that began anew").isZero();
    }
}
