package io.holdfast.ha.internal.client;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Limits;
import io.holdfast.client.Reconnect;
import io.holdfast.client.Timeouts;
import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.CollisionHandler;
import io.holdfast.client.collision.Decision;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.MessageHandler;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.identity.NameSource;
import io.holdfast.ha.internal.driver.Engine;
import io.holdfast.ha.internal.driver.ManualScheduler;
import io.holdfast.ha.reconnect.BackOff;
import io.holdfast.ha.reconnect.EndpointList;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.connect.FakeConnection;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import io.holdfast.testkit.connect.ManualExecutor;
import io.holdfast.testkit.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A client, a broker that is the test, and delivery that happens when the test says so. */
final class Story {

    static final Topic TOPIC = Topic.of("t");
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration TEN = Duration.ofSeconds(10);

    static final Endpoint SERVER = Endpoint.parse("tcp://localhost:9007/amps/json");
    static final Endpoint OTHER = Endpoint.parse("tcp://other:9007/amps/json");

    final ManualClock clock = ManualClock.at(Instant.EPOCH);
    final ManualScheduler time = new ManualScheduler(clock);
    final FakeConnector connector;
    final ManualExecutor delivery = new ManualExecutor();
    final RecordingListener listener = new RecordingListener();
    final List<String> handled = new ArrayList<>();
    final List<Runnable> alarms = new ArrayList<>();
    final HaClient client;

    /** Where the test steps into the transport. */
    final SteppedConnector steps;

    private Story(FakeConnector connector, ClientOptions options, Executor executor) {
        this(connector, options, executor, null, PublishSetup.Policies.DEFAULTS, SubscribeSetup.inMemory());
    }

    Story(FakeConnector connector, ClientOptions options, Executor executor, SubscribeSetup subscribing) {
        this(connector, options, executor, null, PublishSetup.Policies.DEFAULTS, subscribing);
    }

    private Story(
            FakeConnector connector,
            ClientOptions options,
            Executor executor,
            PublishStoreOptions store,
            PublishSetup.Policies policies,
            SubscribeSetup subscribing) {
        this(connector, options, executor, store, policies, subscribing, NamingSetup.ofNonce("00000000000000aa"));
    }

    private Story(
            FakeConnector connector,
            ClientOptions options,
            Executor executor,
            PublishStoreOptions store,
            PublishSetup.Policies policies,
            SubscribeSetup subscribing,
            NamingSetup naming) {
        this.connector = connector;
        PublishSetup publishing = PublishSetup.open(
                store == null ? PublishStoreOptions.none() : store,
                null,
                "c",
                options.limits(),
                Engine.borrowed(clock, Runnable::run, time, new Random(1)),
                policies);
        steps = new SteppedConnector(connector);
        client = new HaClient(
                new ClientSetup(
                        EndpointList.of(List.of(SERVER, OTHER), clock),
                        BackOff.exponential(Duration.ofMillis(200), Duration.ofSeconds(20)),
                        LogonRequest.of("c"),
                        options,
                        listener,
                        steps,
                        false,
                        executor == null ? delivery : executor,
                        null,
                        Engine.borrowed(clock, Runnable::run, time, new Random(1)),
                        publishing,
                        null,
                        subscribing,
                        naming),
                (delay, task) -> {
                    alarms.add(task);
                    return () -> alarms.remove(task);
                });
    }

    private Story(FakeConnector connector, Limits limits, Timeouts timeouts, Executor executor) {
        this(
                connector,
                ClientOptions.DEFAULTS.with(Reconnect.never()).with(limits).with(timeouts),
                executor);
    }

    /** A client that reconnects; delays are 200 ms, 400 ms, and so on, without jitter. */
    static Story reconnecting(FakeConnector connector, Reconnect reconnect) {
        return new Story(connector, ClientOptions.DEFAULTS.with(reconnect), null);
    }

    /** A client that reconnects, with a store. */
    static Story storing(PublishStoreOptions store, PublishSetup.Policies policies, ClientOptions options) {
        return new Story(FakeConnector.accepting(), options, null, store, policies, SubscribeSetup.inMemory());
    }

    /** A client with opinions about its name. */
    static Story named(CollisionOptions collision, PublishStoreOptions store, CollisionHandler handler) {
        return new Story(
                FakeConnector.accepting(),
                ClientOptions.DEFAULTS,
                null,
                store,
                PublishSetup.Policies.DEFAULTS,
                SubscribeSetup.inMemory(),
                new NamingSetup(IdentityStamp.ofNonce("00000000000000aa"), NameSource.EXPLICIT, collision, handler));
    }

    /** Counts how often a handler is asked. */
    static final class HandlerCalls implements CollisionHandler {

        private final CollisionHandler handler;
        private final AtomicInteger count = new AtomicInteger();

        HandlerCalls(CollisionHandler handler) {
            this.handler = handler;
        }

        @Override
        public Decision decide(CollisionDiagnosis diagnosis) {
            count.incrementAndGet();
            return handler.decide(diagnosis);
        }

        int count() {
            return count.get();
        }
    }

    /** A client that reconnects, with a store in memory. */
    static Story storing() {
        return storing(PublishStoreOptions.memory(), PublishSetup.Policies.DEFAULTS, ClientOptions.DEFAULTS);
    }

    static Story idle() {
        return new Story(FakeConnector.accepting(), Limits.DEFAULTS, Timeouts.DEFAULTS, null);
    }

    static Story manual() {
        return new Story(FakeConnector.manual(), Limits.DEFAULTS, Timeouts.DEFAULTS, null);
    }

    static Story connected() {
        return connected(Limits.DEFAULTS);
    }

    static Story connected(Limits limits) {
        return connected(limits, Timeouts.DEFAULTS, null);
    }

    static Story connected(Limits limits, Timeouts timeouts, Executor executor) {
        return new Story(FakeConnector.accepting(), limits, timeouts, executor).connect();
    }

    static Story resumingAt(long lastSequence) {
        return new Story(FakeConnector.accepting().lastSequence(lastSequence), Limits.DEFAULTS, Timeouts.DEFAULTS, null)
                .connect();
    }

    /** A publisher alone, without a store. */
    static Publisher publisher(ListenerDispatch dispatch, Supplier<MessagingException> refusal) {
        ManualClock clock = ManualClock.at(Instant.EPOCH);
        return new Publisher(new PublisherSetup(
                "c",
                PublishSetup.open(
                        PublishStoreOptions.none(),
                        null,
                        "c",
                        Limits.DEFAULTS,
                        Engine.borrowed(clock, Runnable::run, new ManualScheduler(clock), new Random(1)),
                        PublishSetup.Policies.DEFAULTS),
                Limits.DEFAULTS,
                SECOND,
                new BlockingGuard(),
                dispatch,
                () -> null,
                refusal,
                foreign -> {}));
    }

    Story connect() {
        client.connect(SECOND);
        return this;
    }

    /** Where connections under other names arrive. */
    FakeConnector controls() {
        return steps.controls();
    }

    FakeConnection broker() {
        return connector.connection();
    }

    /** The sequence of the n-th publish on this connection. */
    long sequence(int number) {
        return broker().published().get(number - 1).sequence().value();
    }

    /** The broker says that the first so many publishes on this connection are durable. */
    void persist(int number) {
        broker().persist(sequence(number));
    }

    /** The broker refuses the n-th publish on this connection. */
    void refuse(int number, String reason) {
        broker().refusePublish(sequence(number), reason);
    }

    /** The bodies of what was written on this connection. */
    List<String> written() {
        return broker().published().stream()
                .map(sent -> sent.request().payload().utf8())
                .toList();
    }

    PublishResult publish(String text) {
        return client.publish(TOPIC, Payload.utf8(text));
    }

    Subscription subscribe(SubscribeRequest.Builder request) {
        return subscribe(request, this::handle);
    }

    Subscription subscribe(SubscribeRequest.Builder request, MessageHandler handler) {
        return client.subscribe(request.build(), handler, SECOND);
    }

    static SubscribeRequest.Builder request() {
        return SubscribeRequest.builder(TOPIC);
    }

    void deliver(String ids, String text) {
        broker().deliver(FakeMessage.of(ids, text));
    }

    void handle(Message message) {
        handled.add(message.payload().utf8());
    }

    List<String> told() {
        delivery.runAll();
        return listener.told;
    }

    static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
