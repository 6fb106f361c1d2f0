package io.holdfast.ha.internal.driver;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.InboundSink;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Message;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One link as the driver holds it: from the attempt to the end. Its sink is deaf once it was cut off. */
final class Link implements InboundSink {

    final long id;
    final Endpoint endpoint;
    final String clientName;
    final long connectNanos;
    private final LinkSession session;
    private final InboundSink sink;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean cut;
    private volatile @Nullable CompletionStage<Connection> answer;
    private volatile @Nullable Connection connection;
    private volatile long loggedOnAt;

    Link(long id, Endpoint endpoint, String clientName, long connectNanos, LinkSession session) {
        this.id = id;
        this.endpoint = endpoint;
        this.clientName = clientName;
        this.connectNanos = connectNanos;
        this.session = session;
        this.sink = session.sink();
    }

    @Override
    public void onMessage(Message message) {
        if (!cut) {
            sink.onMessage(message);
        }
    }

    @Override
    public void onPublishAck(Ack ack) {
        if (!cut) {
            sink.onPublishAck(ack);
        }
    }

    LinkSession session() {
        return session;
    }

    void answeredBy(CompletionStage<Connection> value) {
        answer = value;
    }

    /** The logon succeeded; false if it was cut off before, and the connection is nobody's. On the connection's thread. */
    synchronized boolean take(Connection value, long nowNanos) {
        if (cut) {
            return false;
        }
        connection = value;
        loggedOnAt = nowNanos;
        return true;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    /** When the logon succeeded. */
    long loggedOnAt() {
        return loggedOnAt;
    }

    /** Abandons the attempt; its answer follows, unless it is there already. */
    void abandon() {
        CompletionStage<Connection> attempt = answer;
        if (attempt != null) {
            attempt.toCompletableFuture().cancel(true);
        }
    }

    /** Nothing of it is taken in any more, a connection included that it has not got yet. */
    synchronized void cut() {
        cut = true;
    }

    boolean isCut() {
        return cut;
    }

    /** Tells the session that it ended, the first time. Returns whether it was. */
    boolean end(Disconnect disconnect) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        session.ended(disconnect);
        return true;
    }
}
