package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.ClientState;
import io.holdfast.client.Reconnect;
import io.holdfast.client.Timeouts;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.error.BlockingCallRefusedException;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.spi.Clock;
import io.holdfast.client.spi.NonBlockingThread;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.internal.driver.Engine;
import io.holdfast.ha.internal.driver.HaThread;
import io.holdfast.ha.internal.store.bookmark.BookmarkStore;
import io.holdfast.ha.internal.store.bookmark.UnkeptProgress;
import io.holdfast.ha.reconnect.BackOff;
import io.holdfast.ha.reconnect.EndpointList;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosingTest {

    private static HaClient owning(FakeConnector connector, String name) {
        return owning(connector, name, new RecordingListener());
    }

    private static HaClient owning(FakeConnector connector, String name, RecordingListener listener) {
        DeliveryPool pool = new DeliveryPool(name);
        return new HaClient(setup(name, ClientOptions.DEFAULTS, listener, connector, pool, pool));
    }

    /** A client with threads of its own, as in production, that reconnects at once and keeps messages in memory. */
    static HaClient reconnecting(FakeConnector connector, String name, ClientListener listener) {
        Engine engine = Engine.ofItsOwn(name);
        DeliveryPool pool = new DeliveryPool(name);
        ClientOptions options = ClientOptions.DEFAULTS;
        return new HaClient(new ClientSetup(
                EndpointList.of(List.of(Story.SERVER)),
                BackOff.constant(Duration.ofMillis(1)),
                LogonRequest.of(name),
                options,
                listener,
                connector,
                true,
                pool,
                pool,
                engine,
                PublishSetup.open(
                        PublishStoreOptions.memory(),
                        null,
                        name,
                        options.limits(),
                        engine,
                        PublishSetup.Policies.DEFAULTS),
                null,
                SubscribeSetup.inMemory(),
                NamingSetup.ofNonce("00000000000000aa")));
    }

    /** A client with threads of its own, as in production; it does not reconnect. */
    private static ClientSetup setup(
            String name,
            ClientOptions options,
            RecordingListener listener,
            FakeConnector connector,
            Executor delivery,
            DeliveryPool pool) {
        return setup(name, options.with(Reconnect.never()), listener, connector, delivery, pool, Engine.ofItsOwn(name));
    }

    private static ClientSetup setup(
            String name,
            ClientOptions options,
            RecordingListener listener,
            FakeConnector connector,
            Executor delivery,
            DeliveryPool pool,
            Engine engine) {
        return new ClientSetup(
                EndpointList.of(List.of(Story.SERVER)),
                BackOff.constant(Duration.ofSeconds(1)),
                LogonRequest.of(name),
                options,
                listener,
                connector,
                pool != null,
                delivery,
                pool,
                engine,
                PublishSetup.open(
                        PublishStoreOptions.none(),
                        null,
                        name,
                        options.limits(),
                        engine,
                        PublishSetup.Policies.DEFAULTS),
                null,
                SubscribeSetup.inMemory(),
                NamingSetup.ofNonce("00000000000000aa"));
    }

    private static long threadsOf(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("-" + name)
                        || thread.getName().startsWith("holdfast-lane-" + name + "-"))
                .count();
    }

    @Test
    void closing_ends_the_connection_and_what_is_owned_and_is_done_once() {
        FakeConnector connector = FakeConnector.accepting();
        HaClient client = owning(connector, "owner");
        client.connect(Story.SECOND);
        client.subscribe(SubscribeRequest.to(Story.TOPIC), message -> {}, Story.SECOND);
        connector.connection().deliver(FakeMessage.of("1", "x"));

        client.close();
        client.close();

        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(client.closed().toCompletableFuture().join().cause())
                .isEqualTo(DisconnectCause.CLOSED_BY_APPLICATION);
        assertThat(connector.isClosed()).isTrue();
        assertThat(threadsOf("owner")).isZero();
    }

    @Test
    void a_thousand_clients_leave_no_thread() {
        for (int i = 0; i < 1_000; i++) {
            HaClient client = owning(FakeConnector.accepting(), "many");
            client.connect(Story.TEN);
            client.close(Story.TEN);
        }
        assertThat(threadsOf("many")).isZero();
    }

    @Test
    void clients_that_reconnect_leave_no_thread_and_no_timer_whatever_they_are_doing() {
        for (int i = 0; i < 200; i++) {
            FakeConnector connector = i % 2 == 0 ? FakeConnector.accepting() : FakeConnector.manual();
            DeliveryPool pool = new DeliveryPool("again");
            HaThread thread = new HaThread("again");
            Engine engine = new Engine(Clock.system(), thread, thread, new Random(i), thread);
            HaClient client = new HaClient(
                    setup("again", ClientOptions.DEFAULTS, new RecordingListener(), connector, pool, pool, engine));
            var unused = client.connectAsync();
            if (i % 2 == 0) {
                client.connect(Story.TEN);
                connector.connection().disconnect(DisconnectCause.PEER_CLOSED);
            }
            client.close(Story.TEN);
            assertThat(thread.waiting()).isZero();
        }
        assertThat(threadsOf("again")).isZero();
    }

    @Test
    void what_is_borrowed_stays_open() {
        Story story = Story.connected();
        story.client.close(Story.SECOND);
        assertThat(story.connector.isClosed()).isFalse();
        assertThat(story.told()).endsWith("PROBATION>CLOSED");
    }

    @Test
    void a_client_that_never_connected_can_be_closed() {
        HaClient client = owning(FakeConnector.accepting(), "idle");
        client.close();
        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(client.closed().toCompletableFuture()).isNotDone();
    }

    @Test
    void running_handler_calls_finish_and_waiting_ones_do_not_start() throws InterruptedException {
        Story story = Story.connected();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        story.subscribe(Story.request(), message -> {
            story.handle(message);
            inside.countDown();
            assertThat(leave.await(20, TimeUnit.SECONDS)).isTrue();
        });
        story.deliver("1", "running");
        story.deliver("1", "waiting");
        Thread lane = new Thread(story.delivery::runAll);
        lane.start();
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(() -> story.client.close(Story.TEN));
        closer.start();
        assertThat(story.client
                        .closed()
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join())
                .isNotNull();
        assertThat(closer.isAlive()).isTrue();
        leave.countDown();
        Story.join(closer);
        Story.join(lane);
        assertThat(story.handled).containsExactly("running");
    }

    @Test
    void a_handler_that_closes_its_client_does_not_wait_for_itself() {
        FakeConnector connector = FakeConnector.accepting();
        HaClient client = owning(connector, "itself");
        client.connect(Story.SECOND);
        CompletableFuture<ClientState> after = new CompletableFuture<>();
        client.subscribe(
                SubscribeRequest.to(Story.TOPIC),
                message -> {
                    client.close();
                    after.complete(client.state());
                },
                Story.SECOND);
        connector.connection().deliver(FakeMessage.of("1", "x"));
        assertThat(after.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(ClientState.CLOSED);
        client.close(Story.TEN);
        assertThat(threadsOf("itself")).isZero();
    }

    @Test
    void an_interrupted_close_goes_on_without_its_caller() {
        Story story = Story.connected();
        CompletableFuture<Void> callerGaveUp = new CompletableFuture<>();
        story.steps.before("close", callerGaveUp::join); // a closing that is done would leave nothing to interrupt
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> story.client.close(Story.TEN)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        callerGaveUp.complete(null);
        assertThat(story.client
                        .closed()
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join())
                .isNotNull();
    }

    @Test
    void no_blocking_call_is_let_through_where_it_would_wait_for_its_own_thread() {
        Story story = Story.connected();
        AtomicReference<Throwable> inHandler = new AtomicReference<>();
        story.subscribe(Story.request(), message -> inHandler.set(refusal(() -> story.client.flush(Story.SECOND))));
        story.deliver("1", "x");
        story.delivery.runAll();
        assertThat(inHandler.get())
                .isInstanceOf(BlockingCallRefusedException.class)
                .hasMessageContaining("flush");

        AtomicReference<Throwable> onConnection = new AtomicReference<>();
        story.broker().onThread(() -> onConnection.set(refusal(() -> story.client.unsubscribeAll(Story.SECOND))));
        assertThat(onConnection.get()).isInstanceOf(BlockingCallRefusedException.class);

        AtomicReference<Throwable> onEventLoop = new AtomicReference<>();
        Thread loop = new Loop(() -> onEventLoop.set(refusal(() -> story.client.flush(Story.SECOND))));
        loop.start();
        Story.join(loop);
        assertThat(onEventLoop.get()).isInstanceOf(BlockingCallRefusedException.class);

        assertThatCode(() -> story.client.flush(Story.SECOND)).doesNotThrowAnyException();
    }

    private static final class Loop extends Thread implements NonBlockingThread {
        Loop(Runnable task) {
            super(task);
        }
    }

    private static Throwable refusal(ThrowingCallable call) {
        try {
            call.call();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    @Test
    void a_handler_may_send_commands_and_block_on_another_client() {
        Story other = Story.connected();
        Story story = Story.connected();
        AtomicReference<CompletableFuture<Void>> flushed = new AtomicReference<>();
        story.subscribe(Story.request(), message -> {
            flushed.set(story.client.flushAsync().toCompletableFuture());
            other.client.flush(Story.SECOND);
        });
        story.deliver("1", "x");
        assertThat(story.told()).noneMatch(line -> line.startsWith("handler"));
        assertThat(flushed.get()).isCompleted();
    }

    @Test
    void an_interrupted_command_is_cancelled_and_forgotten() {
        Story story = Story.connected();
        story.broker().answerNothing();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> story.client.flush(Story.TEN)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(story.broker().commands().get(0).isForgotten()).isTrue();
    }

    @Test
    void commands_with_more_than_one_answer_or_none_are_refused() {
        Story story = Story.connected();
        assertThatThrownBy(() -> story.client.executeAsync(
                        Command.builder(CommandType.SOW).topic(Story.TOPIC).build()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> story.client.executeAsync(
                        Command.builder(CommandType.FLUSH).acks().build()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(story.client
                        .execute(Command.builder(CommandType.FLUSH).build(), Story.SECOND)
                        .isSuccess())
                .isTrue();
    }

    @Test
    void a_stage_that_closing_completes_may_close_too_without_waiting_for_itself() {
        Story story = Story.manual();
        AtomicReference<Throwable> inStage = new AtomicReference<>();
        var unused = story.client
                .connectAsync()
                .whenComplete((logon, error) -> inStage.set(refusal(() -> story.client.flush(Story.SECOND))));
        story.client.close(Story.TEN);
        assertThat(inStage.get()).isInstanceOf(BlockingCallRefusedException.class);
    }

    @Test
    void a_stage_that_the_end_of_a_handler_call_completes_must_not_block_either() throws InterruptedException {
        Story story = Story.connected();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Subscription subscription = story.subscribe(Story.request(), message -> {
            inside.countDown();
            assertThat(leave.await(20, TimeUnit.SECONDS)).isTrue();
        });
        story.deliver("1", "x");
        Thread lane = new Thread(story.delivery::runAll);
        lane.start();
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        AtomicReference<Throwable> inStage = new AtomicReference<>();
        var unused = subscription
                .unsubscribeAsync()
                .thenRun(() -> inStage.set(refusal(() -> story.client.flush(Story.SECOND))));
        leave.countDown();
        Story.join(lane);
        assertThat(inStage.get()).isInstanceOf(BlockingCallRefusedException.class);
    }

    @Test
    void the_listener_is_told_of_every_publish_that_failed_before_the_delivery_ends() throws InterruptedException {
        FakeConnector connector = FakeConnector.accepting();
        RecordingListener listener = new RecordingListener();
        HaClient client = owning(connector, "told", listener);
        client.connect(Story.SECOND);
        Thread closer = new Thread(() -> client.close(Story.TEN));
        CountDownLatch closed = new CountDownLatch(1);
        var unused = client.publish(Story.TOPIC, Payload.utf8("1")).persisted().whenComplete((sequence, error) -> {
            closer.start();
            try {
                // Long enough for a close that does not wait; a close that does is what lets this time pass.
                closed.await(300, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        new Thread(() -> {
                    Story.join(closer);
                    closed.countDown();
                })
                .start();
        PublishResult second = client.publish(Story.TOPIC, Payload.utf8("2"));
        connector.connection().disconnect(DisconnectCause.PEER_CLOSED);
        Story.join(closer);
        assertThat(listener.told).contains("publish " + second.sequence() + " DisconnectedException");
    }

    @Test
    void what_the_listener_has_yet_to_be_told_when_handlers_do_not_end_is_told_by_the_closing() throws Exception {
        FakeConnector connector = FakeConnector.accepting();
        RecordingListener listener = new RecordingListener();
        HaClient client = owning(connector, "hogged", listener);
        client.connect(Story.SECOND);
        int threads = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
        CountDownLatch inside = new CountDownLatch(threads);
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 1; i <= threads; i++) {
            client.subscribe(
                    SubscribeRequest.to(Story.TOPIC),
                    message -> {
                        inside.countDown();
                        assertThat(never.await(20, TimeUnit.SECONDS)).isTrue();
                    },
                    Story.SECOND);
            connector.connection().deliver(FakeMessage.of(Integer.toString(i), "x"));
        }
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        client.close(Duration.ofMillis(200));
        client.close(Story.TEN);
        assertThat(listener.told).contains("PROBATION>CLOSED");
    }

    @Test
    void a_deadline_is_kept_while_handlers_have_every_thread_of_the_delivery() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        FakeConnector connector = FakeConnector.accepting();
        HaClient client = new HaClient(setup(
                "one",
                ClientOptions.DEFAULTS.with(Timeouts.DEFAULTS.withCommand(Duration.ofMillis(50))),
                new RecordingListener(),
                connector,
                one,
                null));
        client.connect(Story.SECOND);
        Subscription subscription = client.subscribe(
                SubscribeRequest.to(Story.TOPIC),
                message -> {
                    inside.countDown();
                    assertThat(leave.await(30, TimeUnit.SECONDS)).isTrue();
                },
                Story.SECOND);
        connector.connection().deliver(FakeMessage.of("1", "x"));
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        subscription
                .unsubscribeAsync()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        leave.countDown();
        client.close(Story.TEN);
        one.shutdown();
        assertThat(one.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void an_answer_that_comes_with_the_interrupt_is_taken_and_the_flag_left_set() {
        CompletableFuture<String> work = new CompletableFuture<>() {
            @Override
            public boolean completeExceptionally(Throwable givenUp) {
                complete("answer");
                return super.completeExceptionally(givenUp);
            }
        };
        Thread.currentThread().interrupt();
        String answer = Await.get(work, Story.TEN, IllegalStateException::new);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(answer).isEqualTo("answer");
    }

    @Test
    void a_connection_that_takes_all_its_time_to_end_leaves_some_for_the_threads() {
        Story story = Story.connected();
        story.client.close(Story.TEN);
        assertThat(story.broker().closeTimeout()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(9));
    }

    @Test
    void a_transport_that_fails_at_the_last_flush_is_closed_all_the_same() {
        Story story = Story.storing().connect();
        PublishResult left = story.publish("1");
        story.steps.before("execute", () -> {
            throw new IllegalStateException("a broken transport");
        });
        story.client.close(Story.TEN);
        assertThat(story.broker().closeTimeout())
                .as("the connection was closed")
                .isNotNull();
        assertThat(left.persisted().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void a_bookmark_store_that_fails_to_close_keeps_neither_the_name_nor_a_thread(@TempDir Path folder) {
        IdentityOptions identity =
                IdentityOptions.builder().clientName("stuck").stateDir(folder).build();
        OwnName own = OwnName.acquire(identity, List.of(Story.SERVER));
        DeliveryPool pool = new DeliveryPool("stuck");
        ClientSetup setup =
                setup("stuck", ClientOptions.DEFAULTS, new RecordingListener(), FakeConnector.accepting(), pool, pool);
        HaClient client = new HaClient(with(setup, own, SubscribeSetup.with(new BrokenBookmarks())));
        client.connect(Story.SECOND);
        client.close(Story.TEN);
        assertThat(threadsOf("stuck")).isZero();
        OwnName.acquire(identity, List.of(Story.SERVER)).release();
    }

    /** Whoever waited says so: what hangs may never come to it. */
    @Test
    void a_store_that_hangs_costs_the_caller_its_deadline_and_is_named(@TempDir Path folder) {
        CountDownLatch disk = new CountDownLatch(1);
        BookmarkStore hanging = new BrokenBookmarks() {
            @Override
            public void close() {
                awaitOf(disk);
            }
        };
        DeliveryPool pool = new DeliveryPool("hanging");
        ClientSetup setup = setup(
                "hanging", ClientOptions.DEFAULTS, new RecordingListener(), FakeConnector.accepting(), pool, pool);
        OwnName own = OwnName.acquire(
                IdentityOptions.builder().clientName("hanging").stateDir(folder).build(), List.of(Story.SERVER));
        HaClient client = new HaClient(with(setup, own, SubscribeSetup.with(hanging)));
        client.connect(Story.SECOND);
        List<String> log = LogLines.of(Closing.class, () -> client.close(Duration.ofMillis(300)));
        assertThat(log)
                .containsExactly("WARN HF-1014 close-late client_name=hanging"
                        + " detail=\"did not end in time: bookmark store\"");
        disk.countDown();
        client.close(Story.TEN);
    }

    private static void awaitOf(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_stage_that_a_deadline_completes_must_not_block_either() {
        Story story = Story.manual();
        AtomicReference<Throwable> inStage = new AtomicReference<>();
        var unused = story.client
                .connectAsync()
                .whenComplete((logon, error) -> inStage.set(refusal(() -> story.client.flush(Story.SECOND))));
        story.time.advance(Timeouts.DEFAULTS.connect());
        assertThat(inStage.get()).isInstanceOf(BlockingCallRefusedException.class);
    }

    private static ClientSetup with(ClientSetup setup, OwnName own, SubscribeSetup subscribing) {
        return new ClientSetup(
                setup.endpoints(),
                setup.backOff(),
                setup.logon(),
                setup.options(),
                setup.listener(),
                setup.connector(),
                setup.ownsConnector(),
                setup.delivery(),
                setup.pool(),
                setup.engine(),
                setup.publishing(),
                own,
                subscribing,
                setup.naming());
    }

    /** A store that cannot even be closed. */
    private static class BrokenBookmarks implements BookmarkStore {
        @Override
        public Progress open(SubscriptionId id, Bookmark startOver) {
            return UnkeptProgress.INSTANCE;
        }

        @Override
        public void tend() {}

        @Override
        public void close() {
            throw new IllegalStateException("a broken store");
        }
    }
}
