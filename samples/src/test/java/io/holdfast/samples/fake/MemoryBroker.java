package io.holdfast.samples.fake;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.connect.Secret;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A broker in memory, on the far side of the seam: names, evictions, sequences and topics, without wire and socket.
 *
 * <p>Everything happens on one thread, which is also the thread of every connection.
 */
public final class MemoryBroker implements Connector {

    /** A topic whose publishes are refused. */
    public static final String REFUSED_TOPIC = "refused";
    /** A topic whose publishes are never confirmed. */
    public static final String SILENT_TOPIC = "silent";
    /** A topic at which a publish makes the broker close the publisher's connection. */
    public static final String DEADLY_TOPIC = "deadly";

    private final ExecutorService thread = Executors.newSingleThreadExecutor(MemoryBroker::brokerThread);
    private final Map<String, MemoryConnection> holders = new LinkedHashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<String> delivered = new ArrayList<>();
    private final CountDownLatch firstSubscription = new CountDownLatch(1);
    private volatile boolean unreachable;
    private volatile String password = "";
    private int connections;

    /** From now on nobody answers. */
    public void becomeUnreachable() {
        unreachable = true;
    }

    /** From now on a logon needs this password. */
    public void requirePassword(String value) {
        password = value;
    }

    /** Waits until a subscription was accepted. */
    public boolean awaitSubscription() throws InterruptedException {
        return firstSubscription.await(10, TimeUnit.SECONDS);
    }

    /** Publishes from nowhere, as another client would. */
    public void publish(String topic, String text) {
        thread.execute(() -> deliver(Topic.of(topic), Payload.utf8(text)));
    }

    /** Closes the connection of this client without a word. */
    public void drop(String name) {
        thread.execute(() -> {
            MemoryConnection holder = holders.get(name);
            if (holder != null) {
                holder.end(DisconnectCause.PEER_CLOSED, "connection closed");
            }
        });
    }

    /** The payloads that were taken, duplicates left out. */
    public List<String> taken() throws Exception {
        return thread.submit(() -> List.copyOf(delivered)).get(10, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        thread.execute(() -> logon(request, result));
        return result;
    }

    @Override
    public boolean close(Duration timeout) {
        return true; // one broker serves the clients of a whole test
    }

    /** Ends the thread. */
    public void shutDown() {
        thread.shutdownNow();
    }

    private void logon(ConnectRequest request, CompletableFuture<Connection> result) {
        String name = request.logon().clientName();
        Secret given = request.logon()
                .authenticator()
                .authenticate(request.endpoint())
                .toCompletableFuture()
                .join()
                .password();
        if (unreachable) {
            result.completeExceptionally(new ConnectFailedException(
                    request.endpoint(), ConnectFailedException.Stage.TCP, "connection refused", null));
        } else if (!password.isEmpty() && (given == null || !given.reveal().equals(password))) {
            result.completeExceptionally(new LogonRefusedException(request.endpoint(), name, "auth failure"));
        } else {
            MemoryConnection older = holders.get(name);
            if (older != null) {
                older.end(DisconnectCause.PEER_CLOSED, "name in use");
            }
            connections++;
            LogonResult logon =
                    new LogonResult(name, SequenceNumber.of(sequences.getOrDefault(name, 0L)), null, "memory", null);
            MemoryConnection opened = new MemoryConnection(this, request, logon, "memory-" + connections);
            holders.put(name, opened);
            tell("logon", opened, "");
            result.complete(opened);
        }
    }

    void onThread(Runnable task) {
        if (!thread.isShutdown()) {
            thread.execute(task);
        }
    }

    boolean ownsCurrentThread() {
        return Thread.currentThread().getName().equals("memory-broker");
    }

    void subscribed() {
        firstSubscription.countDown();
    }

    /** Whether the message is new; a number that is not above the highest is dropped without a word. */
    void take(PublishRequest request, String name, long sequence) {
        if (sequence > sequences.getOrDefault(name, 0L)) {
            sequences.put(name, sequence);
            delivered.add(request.payload().utf8());
            deliver(request.topic(), request.payload());
        }
    }

    void left(MemoryConnection connection, String reason) {
        holders.remove(connection.name(), connection);
        tell("disconnect", connection, reason);
    }

    private void tell(String event, MemoryConnection connection, String reason) {
        deliver(
                Topic.of("/AMPS/ClientStatus"),
                Payload.utf8(String.format(
                        "{\"ClientStatus\":{\"event\":\"%s\",\"client_name\":\"%s\",\"connection_name\":\"%s\","
                                + "\"correlation_id\":\"%s\",\"reason\":\"%s\"}}",
                        event, connection.name(), connection.connectionName(), connection.correlationId(), reason)));
    }

    private void deliver(Topic topic, Payload payload) {
        List.copyOf(holders.values()).forEach(each -> each.deliver(topic, payload));
    }

    private static Thread brokerThread(Runnable task) {
        Thread created = new Thread(task, "memory-broker");
        created.setDaemon(true);
        return created;
    }
}
