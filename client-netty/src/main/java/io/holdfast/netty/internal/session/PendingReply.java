package io.holdfast.netty.internal.session;

import io.holdfast.client.connect.Connection.PendingCommand;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Topic;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One command that waits for its answer, or, once answered, for the other acks it asked for. The event loop's, but for
 * {@link #reply()} and {@link #forget()}.
 */
final class PendingReply implements PendingCommand {

    final long id;
    final long deadlineNanos;

    private final CommandType type;
    private final String subject;
    private final @Nullable AckType replyOn;
    private final Set<AckType> awaited;
    private final Duration timeout;
    private final Consumer<Ack> furtherAcks;
    private final Consumer<PendingReply> forgetting;
    private final CompletableFuture<Ack> reply = new CompletableFuture<>();

    PendingReply(
            long id,
            long deadlineNanos,
            Command command,
            Duration timeout,
            Consumer<Ack> furtherAcks,
            Consumer<PendingReply> forgetting) {
        this.id = id;
        this.deadlineNanos = deadlineNanos;
        this.type = command.type();
        this.subject = subject(command);
        this.replyOn = command.replyOn();
        this.awaited = EnumSet.copyOf(command.acks());
        this.timeout = timeout;
        this.furtherAcks = furtherAcks;
        this.forgetting = forgetting;
    }

    @Override
    public CompletionStage<Ack> reply() {
        return reply.minimalCompletionStage();
    }

    @Override
    public void forget() {
        forgetting.accept(this);
    }

    boolean isAnswered() {
        return reply.isDone();
    }

    /** Whether the ack answers the command: the kind it is to be answered with, or a failure of any kind. */
    boolean isAnsweredBy(Ack ack) {
        return !reply.isDone() && (ack.type() == replyOn || !ack.isSuccess());
    }

    void answer(Ack ack) {
        came(ack.type());
        if (ack.isSuccess()) {
            reply.complete(ack);
        } else {
            reply.completeExceptionally(new CommandRefusedException(type, subject, ack));
        }
    }

    void further(Ack ack) {
        came(ack.type());
        furtherAcks.accept(ack);
    }

    /** Whether no more acks are to be expected. */
    boolean isComplete() {
        return reply.isCompletedExceptionally() || (reply.isDone() && awaited.isEmpty());
    }

    void timeOut() {
        reply.completeExceptionally(new CommandTimedOutException(type, subject, timeout));
    }

    void cancel() {
        reply.cancel(false);
    }

    void fail(Throwable cause) {
        reply.completeExceptionally(cause);
    }

    private void came(AckType ackType) {
        // a replay tells again and again how far it is durable (AMPS command reference, acks of subscribe): none is the
        // last
        if (type != CommandType.SUBSCRIBE || ackType != AckType.PERSISTED) {
            awaited.remove(ackType);
        }
    }

    private static String subject(Command command) {
        Topic topic = command.topic();
        return topic != null
                ? topic.name()
                : Objects.requireNonNullElse(
                        command.subscriptionIds(), Objects.requireNonNullElse(command.queryId(), ""));
    }
}
