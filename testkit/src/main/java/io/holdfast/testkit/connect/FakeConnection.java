package io.holdfast.testkit.connect;

import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.InboundSink;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.FrameTooLargeException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckCounts;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandId;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.PublishRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose broker is the test. Thread-safe.
 *
 * <p>Keeps the contract of {@link Connection}: everything delivered, and every stage completed, is one at a time and in
 * order; nothing is delivered while reads are paused, and nothing after {@link #closed()}; a sink that throws ends it. A
 * resume too many is an error. Commands are answered by {@link #answerWith}, by default with success; nothing else happens
 * unless the test makes it happen.
 */
public final class FakeConnection implements Connection {

    private final ConnectRequest request;
    private final LogonResult logonResult;
    private final InboundSink sink;
    private final SerialThread thread = new SerialThread();
    private final List<SentPublish> published = new ArrayList<>();
    private final List<SentCommand> commands = new ArrayList<>();
    private final CompletableFuture<Disconnect> closed = new CompletableFuture<>();
    private Consumer<SentCommand> broker = SentCommand::succeed;
    private CompletableFuture<Void> writable = CompletableFuture.completedFuture(null);
    private long room = Long.MAX_VALUE;
    private boolean ended;
    private @Nullable Disconnect last;
    private @Nullable Duration closeTimeout;

    FakeConnection(ConnectRequest request, SequenceNumber lastSequence) {
        this.request = request;
        this.sink = request.sink();
        this.logonResult = new LogonResult(request.logon().clientName(), lastSequence, null, "fake", null);
    }

    /**
     * A publish that was taken.
     *
     * @param request what, with a copy of its payload
     * @param sequence under which number
     */
    public record SentPublish(PublishRequest request, SequenceNumber sequence) {}

    // ---- what the test does

    /** Sets what the broker does with each command from now on: answer it, or leave it. */
    public synchronized void answerWith(Consumer<SentCommand> reaction) {
        broker = reaction;
    }

    /** The broker answers no command until {@link #answerWith} says otherwise. */
    public void answerNothing() {
        answerWith(command -> {});
    }

    /** The broker sends a message. */
    public void deliver(Message message) {
        thread.receive(() -> guarded(() -> {
            ExpiringView view = new ExpiringView(message);
            sink.onMessage(view);
            view.expire();
        }));
    }

    /** The broker says that everything up to {@code sequence} is durable. */
    public void persist(long sequence) {
        publishAck(AckStatus.SUCCESS, null, sequence);
    }

    /** The broker refuses one publish. */
    public void refusePublish(long sequence, String reason) {
        publishAck(AckStatus.FAILURE, reason, sequence);
    }

    private void publishAck(AckStatus status, @Nullable String reason, long sequence) {
        Ack ack = new Ack(AckType.PERSISTED, status, reason, null, SequenceNumber.of(sequence), null, AckCounts.NONE);
        thread.receive(() -> guarded(() -> sink.onPublishAck(ack)));
    }

    /** Lets the write queue take this many more publishes and commands. */
    public void roomFor(long items) {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            room = items;
            waiting = writable;
            if (items == 0 && waiting.isDone()) {
                writable = new CompletableFuture<>();
            }
        }
        if (items > 0) {
            thread.run(() -> waiting.complete(null));
        }
    }

    /** The connection ends. */
    public void disconnect(DisconnectCause cause) {
        thread.run(() -> end(cause, null));
    }

    /** Runs something on the connection's thread. */
    public void onThread(Runnable task) {
        thread.run(task);
    }

    /** Keeps everything back that the connection would do, until {@link #release()}. */
    public void hold() {
        thread.hold();
    }

    /** Does everything that was kept back. */
    public void release() {
        thread.release();
    }

    /** Every publish taken, in the order of the wire. */
    public synchronized List<SentPublish> published() {
        return List.copyOf(published);
    }

    /** Every command taken, in the order of the wire. */
    public synchronized List<SentCommand> commands() {
        return List.copyOf(commands);
    }

    /** Every command taken of this verb. */
    public List<SentCommand> commands(CommandType type) {
        return commands().stream().filter(sent -> sent.command().type() == type).toList();
    }

    /** How many pauses are in force. */
    public int pauses() {
        return thread.pauses();
    }

    /** What the broker sent that has not been delivered: pauses hold it back. */
    public int unread() {
        return thread.unread();
    }

    /** The time that the first {@link #close} was given, {@code null} if there was none. */
    public synchronized @Nullable Duration closeTimeout() {
        return closeTimeout;
    }

    // ---- what the client does

    @Override
    public Endpoint endpoint() {
        return request.endpoint();
    }

    @Override
    public LogonResult logonResult() {
        return logonResult;
    }

    @Override
    public String localAddress() {
        return "127.0.0.1:1";
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1:9007";
    }

    @Override
    public synchronized boolean publish(PublishRequest publish, SequenceNumber sequence) {
        checkOpen();
        int size = publish.payload().length();
        if (size > request.limits().maxFrameBytes()) {
            throw new FrameTooLargeException(size, request.limits().maxFrameBytes());
        }
        if (!published.isEmpty()
                && published.get(published.size() - 1).sequence().compareTo(sequence) >= 0) {
            throw new IllegalArgumentException("sequence " + sequence + " is not above the one before");
        }
        if (!takeRoom()) {
            return false;
        }
        PublishRequest copy = new PublishRequest(
                publish.topic(), Payload.wrap(publish.payload().toBytes()), publish.options());
        published.add(new SentPublish(copy, sequence));
        return true;
    }

    @Override
    public PendingCommand execute(Command command, Duration timeout, Consumer<Ack> furtherAcks) {
        SentCommand sent;
        Consumer<SentCommand> reaction;
        synchronized (this) {
            sent = new SentCommand(thread, CommandId.of(commands.size() + 1L), command, timeout, furtherAcks);
            if (ended) {
                sent.fail(new DisconnectedException(lastDisconnect()));
                return sent;
            }
            if (sent.isPending() && pending() >= request.limits().commandsInFlight()) {
                sent.fail(new BackPressureException("commands in flight", pending(), "wait"));
                return sent;
            }
            if (!takeRoom()) {
                sent.fail(new BackPressureException("write queue (bytes)", 0, "wait"));
                return sent;
            }
            commands.add(sent);
            reaction = command.replyOn() == null ? SentCommand::queued : broker;
        }
        reaction.accept(sent);
        return sent;
    }

    @Override
    public synchronized CompletionStage<Void> writable() {
        return writable;
    }

    @Override
    public void pauseReads() {
        if (!ownsCurrentThread()) {
            throw new IllegalStateException("reads are paused on the connection's thread only");
        }
        thread.pause();
    }

    @Override
    public void resumeReads() {
        thread.resume();
    }

    @Override
    public boolean ownsCurrentThread() {
        return thread.isCurrent();
    }

    @Override
    public CompletionStage<Disconnect> closed() {
        return closed;
    }

    @Override
    public CompletionStage<Disconnect> close(Duration timeout) {
        synchronized (this) {
            if (closeTimeout == null) {
                closeTimeout = timeout;
            }
        }
        disconnect(DisconnectCause.CLOSED_BY_APPLICATION);
        return closed;
    }

    private void guarded(Runnable delivery) {
        synchronized (this) {
            if (ended) {
                return;
            }
        }
        try {
            delivery.run();
        } catch (RuntimeException | Error e) {
            end(DisconnectCause.INTERNAL_ERROR, e);
        }
    }

    private void end(DisconnectCause cause, @Nullable Throwable error) {
        Disconnect disconnect =
                new Disconnect(endpoint(), request.logon().clientName(), cause, error, Duration.ofMillis(1));
        List<SentCommand> waiting;
        CompletableFuture<Void> room;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            last = disconnect;
            waiting = List.copyOf(commands);
            room = writable;
        }
        thread.forgetInbound();
        DisconnectedException failure = new DisconnectedException(disconnect);
        waiting.forEach(command -> command.failNow(failure));
        room.completeExceptionally(failure);
        closed.complete(disconnect);
    }

    private void checkOpen() {
        if (ended) {
            throw new DisconnectedException(lastDisconnect());
        }
    }

    private Disconnect lastDisconnect() {
        if (last == null) {
            throw new IllegalStateException("still open");
        }
        return last;
    }

    /** With the lock held. */
    private int pending() {
        return (int) commands.stream().filter(SentCommand::isPending).count();
    }

    /** With the lock held. */
    private boolean takeRoom() {
        if (room == 0) {
            return false;
        }
        room--;
        if (room == 0 && writable.isDone()) {
            writable = new CompletableFuture<>();
        }
        return true;
    }
}
