package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Client;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.BrokerUnderTest;
import io.holdfast.it.broker.Brokers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PublishSubscribeIT {

    private static final int MESSAGES = 100_000;
    private static final Topic ORDERS = Topic.of("orders");

    private static BrokerUnderTest broker;

    @BeforeAll
    static void start() {
        broker = Brokers.start(BrokerSettings.DEFAULTS);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void a_hundred_thousand_messages_arrive_in_order_and_complete() throws Exception {
        CountDownLatch arrived = new CountDownLatch(MESSAGES);
        AtomicLong outOfOrder = new AtomicLong();
        try (Client subscriber = Clients.connected(broker.uri(), "it-subscriber");
                Client publisher = Clients.connected(broker.uri(), "it-publisher")) {
            AtomicLong expected = new AtomicLong();
            subscriber.subscribe(
                    SubscribeRequest.to(Topic.of("^orders$")),
                    message -> {
                        if (Long.parseLong(message.payload().utf8()) != expected.getAndIncrement()) {
                            outOfOrder.incrementAndGet();
                        }
                        arrived.countDown();
                    },
                    Clients.PATIENCE);

            for (int i = 0; i < MESSAGES; i++) {
                publisher.publish(ORDERS, Payload.utf8(Integer.toString(i)));
            }
            publisher.publishFlush(Clients.PATIENCE);

            assertThat(arrived.await(60, TimeUnit.SECONDS))
                    .as("%d still missing", arrived.getCount())
                    .isTrue();
            assertThat(outOfOrder).hasValue(0);
            assertThat(expected).hasValue(MESSAGES);
        }
    }

    @Test
    void a_second_run_under_one_name_goes_on_above_the_first_and_really_delivers() throws Exception {
        Topic topic = Topic.of("runs");
        List<String> seen = new ArrayList<>();
        CountDownLatch four = new CountDownLatch(4);
        try (Client subscriber = Clients.connected(broker.uri(), "it-reader")) {
            subscriber.subscribe(
                    SubscribeRequest.to(topic),
                    message -> {
                        seen.add(message.payload().utf8());
                        four.countDown();
                    },
                    Clients.PATIENCE);
            List<Long> sequences = new ArrayList<>();
            for (int run = 1; run <= 2; run++) {
                try (Client publisher = Clients.connected(broker.uri(), "it-batch")) {
                    for (int i = 1; i <= 2; i++) {
                        PublishResult result = publisher.publish(topic, Payload.utf8("run " + run + " line " + i));
                        sequences.add(result.persisted()
                                .toCompletableFuture()
                                .get(Clients.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                                .value());
                    }
                }
            }

            assertThat(four.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).containsExactly("run 1 line 1", "run 1 line 2", "run 2 line 1", "run 2 line 2");
            assertThat(sequences).isSorted().doesNotHaveDuplicates();
        }
    }
}
