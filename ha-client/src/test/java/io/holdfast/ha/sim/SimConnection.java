package io.holdfast.ha.sim;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.FrameTooLargeException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.PublishRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client's end of a link that is logged on: keeps the contract of {@link Connection} to the letter, in virtual time. */
final class SimConnection implements Connection {

    private final SimAttempt attempt;
    private final SimWorld world;
    private final SimThread io;
    private final SimLink link;
    private final LogonResult logonResult;
    private final SimWriteQueue queue;
    private final SimReplies replies;
    private final SimHeartbeat heartbeat;
    private final Deque<BrokerFrame> unread = new ArrayDeque<>();
    private final CompletableFuture<Disconnect> closed = new CompletableFuture<>();
    private final long startedNanos;
    private int pauses;
    private boolean peerGone;
    private boolean peerGoneInOrder;
    private boolean closing;
    private long closeBy;
    private long lastSequence;
    private @Nullable Disconnect disconnect;
    private @Nullable SimEvent closeTimer;

    SimConnection(SimAttempt attempt, SimLink link, LogonResult logonResult) {
        this.attempt = attempt;
        this.world = attempt.network().world();
        this.io = attempt.io();
        this.link = link;
        this.logonResult = logonResult;
        this.startedNanos = world.nowNanos();
        this.queue = new SimWriteQueue(attempt, link, this::wroteOut);
        this.replies = new SimReplies(attempt, queue);
        this.heartbeat = new SimHeartbeat(attempt, queue, () -> end(DisconnectCause.HEARTBEAT_TIMEOUT, null));
    }

    void start() {
        heartbeat.start();
    }

    // ---- from the network, on the I/O thread

    void receive(BrokerFrame frame) {
        if (disconnect != null) {
            return;
        }
        heartbeat.heard();
        unread.add(frame);
        deliver();
    }

    void peerEnded(boolean inOrder) {
        peerGone = true;
        peerGoneInOrder = inOrder;
        deliver();
    }

    private void deliver() {
        while (disconnect == null && pauses == 0 && !unread.isEmpty()) {
            deliver(unread.remove());
        }
        // A socket that failed is noticed by the next write or timer even while reads are paused; FIN only when read.
        if (disconnect == null && peerGone && (unread.isEmpty() || !peerGoneInOrder)) {
            DisconnectCause seen = peerGoneInOrder ? DisconnectCause.PEER_CLOSED : DisconnectCause.PEER_RESET;
            end(queue.ownSilenceNanos() > 0 ? DisconnectCause.OWN_SILENCE : seen, null);
        }
    }

    private void deliver(BrokerFrame frame) {
        if (frame instanceof BrokerFrame.Beat) {
            heartbeat.answer();
            return;
        }
        try {
            if (frame instanceof BrokerFrame.Delivery delivery) {
                SimView view = new SimView(delivery.message());
                attempt.request().sink().onMessage(view);
                view.expire();
            } else if (frame instanceof BrokerFrame.Answer answer) {
                if (answer.ack().rawCommandId() == null) {
                    attempt.request().sink().onPublishAck(answer.ack());
                } else {
                    replies.onAck(answer.ack().rawCommandId().value(), answer.ack());
                }
            }
        } catch (RuntimeException | AssertionError e) {
            world.violation("the sink threw " + e);
            end(DisconnectCause.INTERNAL_ERROR, e);
        }
    }

    // ---- the contract

    @Override
    public Endpoint endpoint() {
        return attempt.request().endpoint();
    }

    @Override
    public LogonResult logonResult() {
        return logonResult;
    }

    @Override
    public String localAddress() {
        return "10.0.0.1:" + link.port();
    }

    @Override
    public String remoteAddress() {
        return endpoint().host() + ":" + endpoint().port();
    }

    @Override
    public boolean publish(PublishRequest request, SequenceNumber sequence) {
        if (disconnect != null || closing) {
            throw new DisconnectedException(lastDisconnect());
        }
        int most = attempt.request().limits().maxFrameBytes();
        if (request.payload().length() > most) {
            throw new FrameTooLargeException(request.payload().length(), most);
        }
        if (sequence.value() <= lastSequence) {
            world.violation("sequence " + sequence + " is not above " + lastSequence + " on " + link);
        }
        PublishRequest copy =
                new PublishRequest(request.topic(), Payload.of(request.payload().toBytes()), request.options());
        boolean taken = queue.offer(new ClientFrame.Publish(copy, sequence.value()));
        if (taken) {
            lastSequence = sequence.value();
        }
        return taken;
    }

    @Override
    public PendingCommand execute(Command command, Duration timeout, Consumer<Ack> furtherAcks) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is positive, not " + timeout);
        }
        if (disconnect != null || closing) {
            return SimReplies.failed(new DisconnectedException(lastDisconnect()));
        }
        return replies.send(command, timeout, furtherAcks);
    }

    @Override
    public CompletionStage<Void> writable() {
        return queue.writable();
    }

    @Override
    public void pauseReads() {
        if (!ownsCurrentThread()) {
            throw new IllegalStateException("pauseReads off the connection's thread");
        }
        if (pauses++ == 0) {
            world.trace(attempt + " pauses its reads");
            heartbeat.suspend();
        }
    }

    @Override
    public void resumeReads() {
        io.execute(() -> {
            if (pauses == 0) {
                world.violation("resumeReads without a pauseReads before it");
                return;
            }
            if (--pauses == 0) {
                heartbeat.resume();
                deliver();
            }
        });
    }

    @Override
    public boolean ownsCurrentThread() {
        return io.isCurrent();
    }

    @Override
    public CompletionStage<Disconnect> closed() {
        return closed;
    }

    @Override
    public CompletionStage<Disconnect> close(Duration timeout) {
        io.execute(() -> {
            if (disconnect == null && !closing) {
                closing = true;
                long most = Math.max(0, timeout.toNanos());
                closeBy = world.nowNanos() + most;
                world.trace(attempt + " closes " + link);
                closeTimer = world.after(
                        attempt.process(),
                        most + attempt.network().overrunNanos(),
                        "close deadline",
                        () -> io.execute(() -> end(DisconnectCause.CLOSED_BY_APPLICATION, null)));
                queue.drainThen();
            }
        });
        return closed;
    }

    /** Everything is written: the peer is told. One that takes its time ends it when it has seen to it, and so does this end. */
    private void wroteOut() {
        long linger = attempt.network().lingerNanos();
        if (linger == 0) {
            end(DisconnectCause.CLOSED_BY_APPLICATION, null);
        } else {
            world.trace(attempt + " waits for its peer to close " + link);
            world.after(linger, "linger", () -> link.up().end(true));
        }
    }

    /** Whether it is being closed, and not closed yet. */
    boolean isClosing() {
        return closing && disconnect == null;
    }

    /** Whether it is still there although it was to be closed by now. */
    boolean isOverdue() {
        return isClosing() && world.nowNanos() >= closeBy;
    }

    private Disconnect lastDisconnect() {
        return disconnect == null ? disconnect(DisconnectCause.CLOSED_BY_APPLICATION, null) : disconnect;
    }

    private Disconnect disconnect(DisconnectCause cause, @Nullable Throwable error) {
        Duration life = Duration.ofNanos(world.nowNanos() - startedNanos);
        Duration silence = Duration.ofNanos(cause == DisconnectCause.OWN_SILENCE ? queue.ownSilenceNanos() : 0);
        return new Disconnect(endpoint(), attempt.clientName(), cause, error, life, silence);
    }

    private void end(DisconnectCause cause, @Nullable Throwable error) {
        if (disconnect != null) {
            return;
        }
        Disconnect told = disconnect(closing ? DisconnectCause.CLOSED_BY_APPLICATION : cause, error);
        disconnect = told;
        world.trace(attempt + " " + told.describe() + " (" + link + ")");
        unread.clear();
        heartbeat.stop();
        if (closeTimer != null) {
            closeTimer.cancel();
        }
        attempt.end();
        DisconnectedException failure = new DisconnectedException(told);
        replies.end(failure);
        queue.end(failure);
        closed.complete(told);
    }
}
