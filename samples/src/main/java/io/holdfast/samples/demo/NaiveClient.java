package io.holdfast.samples.demo;

import io.holdfast.client.Heartbeat;
import io.holdfast.client.Limits;
import io.holdfast.client.Tls;
import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.InboundSink;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The client that this project argues against: whenever its connection closes it connects again, at once, for ever.
 *
 * <p>Each reconnect succeeds, so it never learns that it is one half of a fight: a broker that evicts it tells it nothing.
 * It does nothing but stay connected, directly on a {@link Connector}, and keeps count.
 *
 * <p>All state is confined to one thread of its own, which {@link #stop} ends.
 */
public final class NaiveClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Connector connector;
    private final ConnectRequest request;
    private final NaiveReport.Tally tally = new NaiveReport.Tally();
    private final CompletableFuture<NaiveReport> ended = new CompletableFuture<>();
    private final ExecutorService thread;
    private @Nullable Connection connection;
    private boolean stopping;

    /** A client that will log on with {@code logon}; the connector stays the caller's. */
    public NaiveClient(Connector connector, Endpoint endpoint, LogonRequest logon) {
        this.connector = connector;
        this.request = request(endpoint, logon);
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "naive-client");
            created.setDaemon(true);
            return created;
        });
    }

    /** A request for a connection that ignores what it is sent. */
    static ConnectRequest request(Endpoint endpoint, LogonRequest logon) {
        return new ConnectRequest(
                endpoint, logon, CONNECT_TIMEOUT, Heartbeat.DEFAULT, Limits.DEFAULTS, Tls.DEFAULTS, new Deaf());
    }

    /** Connects for the first time; returns at once. */
    public void start() {
        thread.execute(this::connect);
    }

    /**
     * Closes the connection and makes no other; waits for up to {@code timeout}.
     *
     * @return what it saw
     * @throws TimeoutException if it did not end in time
     */
    public NaiveReport stop(Duration timeout) throws InterruptedException, TimeoutException {
        thread.execute(this::beginStop);
        try {
            return ended.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        } finally {
            thread.shutdown();
        }
    }

    private void connect() {
        connector.connect(request).whenCompleteAsync(this::connected, thread);
    }

    private void connected(@Nullable Connection opened, @Nullable Throwable failure) {
        if (opened == null) {
            tally.attemptFailed(failure);
            again();
            return;
        }
        connection = opened;
        tally.loggedOn();
        opened.closed().thenAcceptAsync(this::lost, thread);
        if (stopping) {
            opened.close(CLOSE_TIMEOUT);
        }
    }

    private void lost(Disconnect disconnect) {
        connection = null;
        tally.lost(disconnect);
        again();
    }

    /** The naive part: no delay, no question. */
    private void again() {
        if (stopping) {
            ended.complete(tally.report());
        } else {
            connect();
        }
    }

    private void beginStop() {
        stopping = true;
        if (connection != null) {
            connection.close(CLOSE_TIMEOUT);
        }
    }

    /** It subscribes to nothing and publishes nothing. */
    private static final class Deaf implements InboundSink {
        @Override
        public void onMessage(Message message) {}

        @Override
        public void onPublishAck(Ack ack) {}
    }
}
