package io.holdfast.ha.sim;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.Heartbeat;
import io.holdfast.client.Limits;
import io.holdfast.client.Tls;
import io.holdfast.client.connect.Authenticator;
import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Credentials;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.InboundSink;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A program without a client: sends what a test says over a bare connection. Also the rival that never yields. */
final class HandClient implements InboundSink {

    private static final Topic TOPIC = Topic.of("t");

    private final SimNetwork network;
    private final SimProcess process;
    private final Endpoint endpoint;
    private final Connector connector;
    private final List<String> acks = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final List<AckType> furtherAcks = new ArrayList<>();
    private @Nullable Connection connection;

    HandClient(SimNetwork network, SimProcess process, Endpoint endpoint) {
        this.network = network;
        this.process = process;
        this.endpoint = endpoint;
        this.connector = network.connector(process);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Begins to connect; what comes of it is for who asks. */
    CompletableFuture<Connection> begin(String name, Credentials credentials) {
        LogonRequest logon = new LogonRequest(name, Authenticator.of(credentials), null, null, "hand", null);
        return connector
                .connect(new ConnectRequest(
                        endpoint,
                        logon,
                        Duration.ofSeconds(10),
                        Heartbeat.DEFAULT,
                        Limits.DEFAULTS,
                        Tls.DEFAULTS,
                        this))
                .toCompletableFuture()
                .thenApply(made -> {
                    connection = made;
                    return made;
                });
    }

    /** Connects, letting time pass. */
    Connection connect(String name) {
        CompletableFuture<Connection> attempt = begin(name, Credentials.NONE);
        network.world().runUntil(attempt::isDone, Duration.ofSeconds(20));
        return attempt.join();
    }

    /** Fails to connect, and returns how. */
    Throwable connectAs(String name, String user) {
        CompletableFuture<Connection> attempt = begin(name, new Credentials(user, null));
        network.world().runUntil(attempt::isDone, Duration.ofSeconds(20));
        Throwable failure =
                requireNonNull(attempt.handle((made, error) -> error).join());
        return failure instanceof CompletionException ? requireNonNull(failure.getCause()) : failure;
    }

    void publish(long sequence, String text) {
        publish(TOPIC.name(), sequence, text);
    }

    void publish(String topic, long sequence, String text) {
        connection().publish(PublishRequest.of(Topic.of(topic), Payload.utf8(text)), SequenceNumber.of(sequence));
    }

    int frameBytes(String text) {
        return new ClientFrame.Publish(PublishRequest.of(TOPIC, Payload.utf8(text)), 1).bytes();
    }

    void subscribe(String id, @Nullable String bookmark) {
        subscribe(id, bookmark, TOPIC);
    }

    void subscribe(String id, @Nullable String bookmark, Topic topic) {
        Command command = Command.builder(CommandType.SUBSCRIBE)
                .topic(topic)
                .subscriptionIds(id)
                .bookmark(bookmark == null ? null : new Bookmark(bookmark))
                .acks(AckType.PROCESSED, AckType.COMPLETED)
                .build();
        connection().execute(command, Duration.ofSeconds(10), ack -> furtherAcks.add(ack.type()));
    }

    static Command flush() {
        return Command.builder(CommandType.FLUSH).acks(AckType.COMPLETED).build();
    }

    void disconnect() {
        CompletableFuture<?> closed = connection().close(Duration.ofSeconds(1)).toCompletableFuture();
        network.world().runUntil(closed::isDone, Duration.ofSeconds(5));
    }

    SimLink link() {
        for (SimAttempt attempt : network.open()) {
            SimLink link = attempt.link();
            if (attempt.process() == process && link != null) {
                return link;
            }
        }
        throw new IllegalStateException("no link is open");
    }

    private Connection connection() {
        return requireNonNull(connection, "not connected");
    }

    List<String> acks() {
        return acks;
    }

    /** Each message as its subscriptions and its text. */
    List<String> received() {
        return received;
    }

    List<AckType> furtherAcks() {
        return furtherAcks;
    }

    @Override
    public void onMessage(Message message) {
        received.add(message.subscriptionIds() + " " + message.payload().utf8());
    }

    @Override
    public void onPublishAck(Ack ack) {
        acks.add(ack.status().word() + " " + ack.sequence());
    }
}
