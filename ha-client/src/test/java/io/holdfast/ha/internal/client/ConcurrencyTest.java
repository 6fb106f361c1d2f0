package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientState;
import io.holdfast.client.Limits;
import io.holdfast.client.StateChange;
import io.holdfast.client.Timeouts;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.message.Payload;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.testkit.connect.FakeConnection;
import io.holdfast.testkit.connect.FakeConnection.SentPublish;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** With real threads: what interleavings must not break. */
class ConcurrencyTest {

    private static final int PUBLISHERS = 4;
    private static final int EACH = 2_000;

    private final ExecutorService pool = Executors.newFixedThreadPool(3);

    @AfterEach
    void end() throws InterruptedException {
        pool.shutdownNow();
        assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    private static List<Thread> start(int count, CyclicBarrier barrier, Runnable work) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> {
                try {
                    barrier.await(20, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                work.run();
            });
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    @RepeatedTest(3)
    void four_publishers_and_a_small_window_keep_the_order_of_the_wire_and_lose_no_result() {
        Story story = Story.connected(Limits.DEFAULTS.withPublishesInFlight(16), Timeouts.DEFAULTS, pool);
        ConcurrentLinkedQueue<PublishResult> results = new ConcurrentLinkedQueue<>();
        AtomicInteger confirmed = new AtomicInteger();
        List<Thread> publishers = start(PUBLISHERS, new CyclicBarrier(PUBLISHERS), () -> {
            for (int i = 0; i < EACH; i++) {
                PublishResult result = story.publish("x");
                results.add(result);
                if (i % 2 == 0) {
                    var unused = result.persisted().thenRun(confirmed::incrementAndGet);
                }
            }
        });
        AtomicBoolean done = new AtomicBoolean();
        Thread broker = new Thread(() -> {
            while (!done.get()) {
                List<SentPublish> published = story.broker().published();
                if (!published.isEmpty()) {
                    story.broker()
                            .persist(published
                                    .get(published.size() - 1)
                                    .sequence()
                                    .value());
                }
            }
        });
        broker.start();
        publishers.forEach(Story::join);
        story.client.publishFlush(Story.TEN);
        done.set(true);
        Story.join(broker);

        List<Long> wire = story.broker().published().stream()
                .map(sent -> sent.sequence().value())
                .toList();
        assertThat(wire).hasSize(PUBLISHERS * EACH).isSorted().doesNotHaveDuplicates();
        assertThat(results).hasSize(PUBLISHERS * EACH);
        assertThat(results)
                .allMatch(result -> result.persisted().toCompletableFuture().isDone());
        assertThat(confirmed).hasValue(PUBLISHERS * EACH / 2);
    }

    @RepeatedTest(20)
    void a_disconnect_amid_publishing_tells_each_result_exactly_once() {
        Story story = Story.connected(Limits.DEFAULTS, Timeouts.DEFAULTS, null);
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger staged = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(PUBLISHERS + 1);
        List<Thread> threads = start(PUBLISHERS, barrier, () -> {
            try {
                while (true) {
                    PublishResult result = story.publish("x");
                    if (sent.incrementAndGet() % 2 == 0) {
                        var unused = result.persisted().whenComplete((sequence, error) -> staged.incrementAndGet());
                    }
                }
            } catch (DisconnectedException expected) {
                assertThat(expected.isRetryable()).isTrue();
            }
        });
        threads.addAll(start(1, barrier, () -> {
            while (sent.get() < 100) {
                Thread.onSpinWait();
            }
            story.broker().disconnect(DisconnectCause.PEER_CLOSED);
        }));
        threads.forEach(Story::join);
        // One that was told to the listener before it was asked for is told to its stage as well: the stage is asked
        // for late.
        long told =
                story.told().stream().filter(line -> line.startsWith("publish")).count();
        assertThat(staged).hasValue(sent.get() / 2);
        assertThat(told).isBetween((long) sent.get() - sent.get() / 2, (long) sent.get());
    }

    @RepeatedTest(5)
    void a_lane_fed_and_emptied_by_different_threads_loses_nothing_and_balances_its_pauses() throws Exception {
        Story story = Story.connected(Limits.DEFAULTS.withLane(8, 10_000), Timeouts.DEFAULTS, pool);
        int count = 20_000;
        List<String> got = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(count);
        AtomicInteger inside = new AtomicInteger();
        story.subscribe(Story.request(), message -> {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            got.add(message.payload().utf8());
            inside.decrementAndGet();
            all.countDown();
        });
        Thread feeder = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                story.deliver("1", Integer.toString(i));
            }
        });
        feeder.start();
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        Story.join(feeder);
        assertThat(got).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(got.get(i)).isEqualTo(Integer.toString(i));
        }
        assertThat(story.broker().pauses()).isZero();
        assertThat(story.listener.told).noneMatch(line -> line.startsWith("handler"));
    }

    @RepeatedTest(50)
    void no_call_of_the_handler_starts_after_the_stage_of_an_unsubscribe() {
        Story story = Story.connected(Limits.DEFAULTS, Timeouts.DEFAULTS, pool);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger late = new AtomicInteger();
        Subscription subscription = story.subscribe(Story.request(), message -> {
            if (over.get()) {
                late.incrementAndGet();
            }
        });
        Thread feeder = new Thread(() -> {
            for (int i = 0; i < 500; i++) {
                story.deliver("1", "x");
            }
        });
        feeder.start();
        while (subscription.delivered() == 0) {
            Thread.onSpinWait();
        }
        var ended = subscription.unsubscribeAsync().thenRun(() -> over.set(true));
        ended.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        Story.join(feeder);
        assertThat(late).hasValue(0);
    }

    @RepeatedTest(50)
    void a_close_and_a_connect_at_once_end_closed_with_nothing_open() throws Exception {
        Story story = Story.idle();
        CyclicBarrier barrier = new CyclicBarrier(3);
        List<Thread> threads = new ArrayList<>();
        threads.addAll(start(1, barrier, () -> {
            try {
                var unused = story.client.connectAsync();
            } catch (IllegalStateException closedFirst) {
                assertThat(closedFirst).isNotNull();
            }
        }));
        threads.addAll(start(2, barrier, () -> story.client.close(Story.TEN)));
        threads.forEach(Story::join);
        assertThat(story.client.isOpen()).isFalse();
        assertThat(story.connector.attempts())
                .allMatch(attempt -> attempt.isCancelled()
                        || attempt.connection().closed().toCompletableFuture().isDone());
    }

    /** A client with threads of its own: its listener sits in the first transition while everything else goes on. */
    @Test
    void a_listener_that_blocks_stalls_nothing_else() throws Exception {
        CountDownLatch leave = new CountDownLatch(1);
        CountDownLatch handled = new CountDownLatch(2);
        List<ClientState> told = Collections.synchronizedList(new ArrayList<>());
        FakeConnector connector = FakeConnector.accepting();
        HaClient client = ClosingTest.reconnecting(connector, "blocked", new ClientListener() {
            @Override
            public void onStateChange(Client from, StateChange change) {
                try {
                    leave.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                told.add(change.to());
            }
        });
        client.connect(Story.TEN);
        client.subscribe(SubscribeRequest.to(Story.TOPIC), message -> handled.countDown(), Story.TEN);
        connector.connection().deliver(FakeMessage.of("1", "x"));
        client.publish(Story.TOPIC, Payload.utf8("a"));
        client.flush(Story.TEN);

        FakeConnection first = connector.connection();
        first.disconnect(DisconnectCause.PEER_CLOSED);
        client.connect(Story.TEN);
        assertThat(connector.connection()).isNotSameAs(first);
        client.flush(Story.TEN);
        connector.connection().deliver(FakeMessage.of("1", "y"));
        assertThat(handled.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(told).isEmpty();

        Thread closing = new Thread(() -> client.close(Story.TEN));
        closing.start();
        while (client.isOpen()) {
            Thread.onSpinWait();
        }
        leave.countDown();
        Story.join(closing);
        assertThat(told)
                .startsWith(ClientState.CONNECTING, ClientState.RESUMING, ClientState.PROBATION, ClientState.BACKOFF)
                .endsWith(ClientState.CLOSED);
    }
}
