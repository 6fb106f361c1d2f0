package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.holdfast.client.Limits;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.subscribe.OverflowPolicy;
import io.holdfast.ha.internal.driver.Engine;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.connect.FakeMessage;
import io.holdfast.testkit.connect.ManualExecutor;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the ways of the data leave to the garbage collector. Generous bounds: they catch a mistake, they measure nothing. */
class AllocationTest {

    private static final int ROUNDS = 20_000;

    private static long bytesPer(int rounds, Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < rounds; i++) {
            work.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            work.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / rounds;
    }

    @Test
    void routing_and_a_lane_in_a_steady_state_allocate_almost_nothing() {
        Story story = Story.connected();
        ManualExecutor executor = new ManualExecutor();
        BlockingGuard guard = new BlockingGuard();
        SubscriptionTable table = new SubscriptionTable();
        HaSubscription subscription =
                new HaSubscription(SubscriptionId.of("1"), Story.request().build(), story.client, null);
        long[] total = new long[1];
        subscription.deliverBy(new SubscriberLane(
                new HandlerCall(message -> total[0] += message.payload().length(), subscription, null),
                OverflowPolicy.PAUSE,
                Limits.DEFAULTS,
                executor,
                guard,
                new Pauses(),
                (overflow, from) -> {}));
        subscription.begin(null);
        table.add(subscription);
        Router router = new Router(table, null);
        Connection connection = story.broker();
        router.attach(connection);
        Message message = FakeMessage.of("1", "x".repeat(1_000));
        long bytes = bytesPer(ROUNDS, () -> {
            router.onMessage(message);
            executor.runAll();
        });
        assertThat(total[0]).isEqualTo(2L * ROUNDS * 1_000);
        assertThat(bytes).isLessThan(64);
    }

    /** A message whose position is read without making objects, as the transport's is. */
    private static final class PlacedMessage implements Message {

        private final FakeMessage message = FakeMessage.of("1", "x".repeat(1_000));
        private long sequence;

        @Override
        public long bookmarkPublisher() {
            return 7;
        }

        @Override
        public long bookmarkSequence() {
            return sequence;
        }

        @Override
        public CommandType type() {
            return CommandType.PUBLISH;
        }

        @Override
        public Topic topic() {
            return message.topic();
        }

        @Override
        public Payload payload() {
            return message.payload();
        }

        @Override
        public String subscriptionIds() {
            return message.subscriptionIds();
        }

        @Override
        public Optional<Bookmark> bookmark() {
            throw new AssertionError("asked for by nobody");
        }

        @Override
        public Optional<String> sowKey() {
            return Optional.empty();
        }

        @Override
        public Optional<CorrelationId> correlationId() {
            return Optional.empty();
        }

        @Override
        public Optional<String> timestamp() {
            return Optional.empty();
        }

        @Override
        public Optional<String> reason() {
            return Optional.empty();
        }
    }

    @Test
    void the_account_of_a_subscription_with_a_bookmark_allocates_almost_nothing_either() {
        Story story = Story.connected();
        HaSubscription subscription = (HaSubscription) story.client.subscribe(
                Story.request()
                        .id(SubscriptionId.of("1"))
                        .bookmark(Bookmark.MOST_RECENT)
                        .build(),
                message -> {},
                Story.SECOND);
        Connection connection = story.broker();
        PlacedMessage message = new PlacedMessage();
        long bytes = bytesPer(ROUNDS, () -> {
            message.sequence++;
            subscription.intake().take(message, connection);
            story.delivery.runAll();
        });
        assertThat(subscription.delivered()).isEqualTo(2L * ROUNDS);
        assertThat(subscription.ledger().resumeAt(connection.endpoint())).isEqualTo(Bookmark.of(7, 2L * ROUNDS));
        assertThat(bytes).isLessThan(64);
    }

    @Test
    void a_publish_leaves_one_entry_and_in_memory_its_body() {
        PublishRequest request = PublishRequest.of(Story.TOPIC, Payload.wrap(new byte[200]));
        assertThat(bytesPer(ROUNDS, settling(PublishStoreOptions.none(), request)))
                .isLessThan(100);
        assertThat(bytesPer(ROUNDS, settling(PublishStoreOptions.memory(), request)))
                .isLessThan(100 + 220);
    }

    /** Stores, writes and confirms one message. */
    private static Runnable settling(PublishStoreOptions options, PublishRequest request) {
        Story story = Story.idle();
        PublishStore store = PublishSetup.open(
                        options,
                        null,
                        "c",
                        Limits.DEFAULTS,
                        Engine.borrowed(story.clock, Runnable::run, story.time, new Random(1)),
                        PublishSetup.Policies.DEFAULTS)
                .store();
        assertThat(store.logon("tcp://amps1:9007", 0)).isNull();
        return () -> {
            StoredPublish entry = store.append(request);
            long sequence = store.sequenceOf(entry);
            store.wrote(entry, sequence);
            StoredPublish confirmed = store.confirm(sequence);
            confirmed.durable();
            store.forget(confirmed);
        };
    }
}
