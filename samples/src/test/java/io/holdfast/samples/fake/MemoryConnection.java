package io.holdfast.samples.fake;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckCounts;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.testkit.connect.FakeMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One connection to a {@link MemoryBroker}; confined to its thread but for the calls that hand over to it. */
final class MemoryConnection implements Connection {

    private final MemoryBroker broker;
    private final ConnectRequest request;
    private final LogonResult logon;
    private final String connectionName;
    private final long startNanos = System.nanoTime();
    private final CompletableFuture<Disconnect> closed = new CompletableFuture<>();
    private final Map<String, Predicate<String>> subscriptions = new LinkedHashMap<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int pauses;

    MemoryConnection(MemoryBroker broker, ConnectRequest request, LogonResult logon, String connectionName) {
        this.broker = broker;
        this.request = request;
        this.logon = logon;
        this.connectionName = connectionName;
    }

    String name() {
        return logon.clientName();
    }

    String connectionName() {
        return connectionName;
    }

    String correlationId() {
        CorrelationId id = request.logon().correlationId();
        return id == null ? "" : id.value();
    }

    void deliver(Topic topic, Payload payload) {
        String ids = subscriptions.entrySet().stream()
                .filter(each -> each.getValue().test(topic.name()))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(","));
        if (!ids.isEmpty() && !closed.isDone()) {
            inbound(() -> request.sink().onMessage(new FakeMessage(topic, payload, ids, Optional.empty())));
        }
    }

    /** Delivers now, or in its turn once reads are no longer paused. */
    private void inbound(Runnable delivery) {
        waiting.add(delivery);
        drain();
    }

    private void drain() {
        while (pauses == 0 && !waiting.isEmpty() && !closed.isDone()) {
            waiting.remove().run();
        }
    }

    void end(DisconnectCause cause, String reason) {
        if (!closed.isDone()) {
            broker.left(this, reason);
            closed.complete(
                    new Disconnect(endpoint(), name(), cause, null, Duration.ofNanos(System.nanoTime() - startNanos)));
        }
    }

    @Override
    public boolean publish(PublishRequest publish, SequenceNumber sequence) {
        if (closed.isDone()) {
            throw new DisconnectedException(closed.join());
        }
        PublishRequest copy =
                PublishRequest.of(publish.topic(), Payload.of(publish.payload().toBytes()));
        broker.onThread(() -> published(copy, sequence));
        return true;
    }

    private void published(PublishRequest publish, SequenceNumber sequence) {
        switch (publish.topic().name()) {
            case MemoryBroker.REFUSED_TOPIC -> publishAck(AckStatus.FAILURE, "not entitled", sequence);
            case MemoryBroker.DEADLY_TOPIC -> end(DisconnectCause.PEER_CLOSED, "connection closed");
            case MemoryBroker.SILENT_TOPIC -> {
                // never confirmed
            }
            default -> {
                broker.take(publish, name(), sequence.value());
                publishAck(AckStatus.SUCCESS, null, sequence);
            }
        }
    }

    private void publishAck(AckStatus status, String reason, SequenceNumber sequence) {
        if (!closed.isDone()) {
            Ack ack = new Ack(AckType.PERSISTED, status, reason, null, sequence, null, AckCounts.NONE);
            inbound(() -> request.sink().onPublishAck(ack));
        }
    }

    @Override
    public PendingCommand execute(Command command, Duration timeout, Consumer<Ack> furtherAcks) {
        CompletableFuture<Ack> reply = new CompletableFuture<>();
        broker.onThread(() -> executed(command, reply));
        return new Pending(reply);
    }

    private void executed(Command command, CompletableFuture<Ack> reply) {
        if (closed.isDone()) {
            reply.completeExceptionally(new DisconnectedException(closed.join()));
        } else if (command.filter() != null) {
            Ack refusal = ack(command, AckStatus.FAILURE, "bad filter");
            reply.completeExceptionally(new CommandRefusedException(command.type(), command.filter(), refusal));
        } else {
            if (command.type() == CommandType.SUBSCRIBE) {
                subscriptions.put(command.subscriptionIds(), topicsOf(command.topic()));
                broker.subscribed();
            }
            reply.complete(ack(command, AckStatus.SUCCESS, null));
        }
    }

    /** A name means itself only; a pattern is found anywhere in a topic's name, as brokers do. */
    private static Predicate<String> topicsOf(Topic topic) {
        return topic.isPattern() ? Pattern.compile(topic.name()).asPredicate() : topic.name()::equals;
    }

    private static Ack ack(Command command, AckStatus status, String reason) {
        return new Ack(command.replyOn(), status, reason, null, SequenceNumber.NONE, null, AckCounts.NONE);
    }

    @Override
    public CompletionStage<Disconnect> close(Duration timeout) {
        broker.onThread(() -> end(DisconnectCause.CLOSED_BY_APPLICATION, "connection closed"));
        return closed;
    }

    @Override
    public CompletionStage<Disconnect> closed() {
        return closed;
    }

    @Override
    public Endpoint endpoint() {
        return request.endpoint();
    }

    @Override
    public LogonResult logonResult() {
        return logon;
    }

    @Override
    public String localAddress() {
        return connectionName;
    }

    @Override
    public String remoteAddress() {
        return "memory";
    }

    @Override
    public CompletionStage<Void> writable() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void pauseReads() {
        pauses++;
    }

    @Override
    public void resumeReads() {
        broker.onThread(() -> {
            pauses--;
            drain();
        });
    }

    @Override
    public boolean ownsCurrentThread() {
        return broker.ownsCurrentThread();
    }

    private record Pending(CompletableFuture<Ack> reply) implements PendingCommand {
        @Override
        public void forget() {}
    }
}
