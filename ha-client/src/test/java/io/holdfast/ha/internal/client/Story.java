package io.holdfast.ha.internal.client;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Limits;
import io.holdfast.client.Timeouts;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.MessageHandler;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.testkit.connect.FakeConnection;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeMessage;
import io.holdfast.testkit.connect.ManualExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A client, a broker that is the test, and delivery that happens when the test says so. */
final class Story {

    static final Topic TOPIC = Topic.of("t");
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration TEN = Duration.ofSeconds(10);

    final FakeConnector connector;
    final ManualExecutor delivery = new ManualExecutor();
    final RecordingListener listener = new RecordingListener();
    final List<String> handled = new ArrayList<>();
    final List<Runnable> alarms = new ArrayList<>();
    final HaClient client;

    /** Where the test steps into the transport. */
    final SteppedConnector steps;

    private Story(FakeConnector connector, Limits limits, Timeouts timeouts, Executor executor) {
        this.connector = connector;
        steps = new SteppedConnector(connector);
        client = new HaClient(
                new ClientSetup(
                        Endpoint.parse("tcp://localhost:9007/amps/json"),
                        LogonRequest.of("c"),
                        ClientOptions.DEFAULTS.with(limits).with(timeouts),
                        listener,
                        steps,
                        false,
                        executor == null ? delivery : executor,
                        null),
                (delay, task) -> {
                    alarms.add(task);
                    return () -> alarms.remove(task);
                });
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

    Story connect() {
        client.connect(SECOND);
        return this;
    }

    FakeConnection broker() {
        return connector.connection();
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
