package io.holdfast.testkit.connect;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckCounts;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandId;
import io.holdfast.client.message.SequenceNumber;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A command that a {@link FakeConnection} was given: the test answers it, lets it time out, or leaves it. */
public final class SentCommand implements Connection.PendingCommand {

    private final SerialThread thread;
    private final CommandId id;
    private final Command command;
    private final Duration timeout;
    private final Consumer<Ack> furtherAcks;
    private final CompletableFuture<Ack> reply = new CompletableFuture<>();
    private volatile boolean forgotten;

    SentCommand(SerialThread thread, CommandId id, Command command, Duration timeout, Consumer<Ack> furtherAcks) {
        this.thread = thread;
        this.id = id;
        this.command = command;
        this.timeout = timeout;
        this.furtherAcks = furtherAcks;
    }

    /** What was sent. */
    public Command command() {
        return command;
    }

    /** The deadline it was given. */
    public Duration timeout() {
        return timeout;
    }

    /** Whether the client said that it expects no more of it. */
    public boolean isForgotten() {
        return forgotten;
    }

    /** The broker says yes: the ack that the command is answered by. */
    public void succeed() {
        AckType type = command.replyOn();
        answer(ack(type == null ? AckType.PROCESSED : type, AckStatus.SUCCESS, null));
    }

    /** The broker says no, with this reason. */
    public void refuse(String reason) {
        AckType type = command.replyOn();
        answer(ack(type == null ? AckType.PROCESSED : type, AckStatus.FAILURE, reason));
    }

    /** An ack beside the answering one. */
    public void further(AckType type) {
        thread.receive(() -> {
            if (!forgotten) {
                furtherAcks.accept(ack(type, AckStatus.SUCCESS, null));
            }
        });
    }

    /** The deadline passes. */
    public void timeOut() {
        fail(new CommandTimedOutException(command.type(), "the fake's", timeout));
    }

    /** It asks for no ack, so that its place in the write queue is its answer. */
    void queued() {
        reply.complete(null);
    }

    /** Whether it counts as unanswered. */
    boolean isPending() {
        return command.replyOn() != null && !reply.isDone();
    }

    void fail(MessagingException error) {
        thread.run(() -> failNow(error));
    }

    void failNow(MessagingException error) {
        reply.completeExceptionally(error);
    }

    private void answer(Ack ack) {
        thread.receive(() -> {
            if (forgotten) {
                return;
            }
            if (ack.isSuccess()) {
                reply.complete(ack);
            } else {
                reply.completeExceptionally(new CommandRefusedException(command.type(), "the fake's", ack));
            }
        });
    }

    private Ack ack(AckType type, AckStatus status, @Nullable String reason) {
        return new Ack(type, status, reason, id, SequenceNumber.NONE, null, AckCounts.NONE);
    }

    @Override
    public CompletionStage<Ack> reply() {
        return reply;
    }

    @Override
    public void forget() {
        forgotten = true;
    }

    @Override
    public String toString() {
        return command + (command.subscriptionIds() == null ? "" : " " + command.subscriptionIds());
    }
}
