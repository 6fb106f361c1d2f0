package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connection.PendingCommand;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Commands that are neither publishes nor subscriptions. Thread-safe; each result may be failed from outside. */
final class Commands {

    private static final Set<CommandType> NOT_EXECUTABLE = EnumSet.of(
            CommandType.LOGON,
            CommandType.SUBSCRIBE,
            CommandType.DELTA_SUBSCRIBE,
            CommandType.SOW,
            CommandType.SOW_AND_SUBSCRIBE,
            CommandType.SOW_AND_DELTA_SUBSCRIBE,
            CommandType.ACK,
            CommandType.OOF,
            CommandType.GROUP_BEGIN,
            CommandType.GROUP_END);

    private static final Command FLUSH =
            Command.builder(CommandType.FLUSH).acks(AckType.COMPLETED).build();

    private final Publisher publisher;
    private final Alarms alarms;

    Commands(Publisher publisher, Alarms alarms) {
        this.publisher = publisher;
        this.alarms = alarms;
    }

    /**
     * Checks that a command can be executed.
     *
     * @throws IllegalArgumentException if its answer is more than one ack, or none
     */
    static void check(Command command) {
        if (NOT_EXECUTABLE.contains(command.type())) {
            throw new IllegalArgumentException("'" + command.type().word()
                    + "' is not answered by one ack: it has a method of its own, or none yet");
        }
        if (command.replyOn() == null) {
            throw new IllegalArgumentException(
                    "this '" + command.type().word() + "' asks for no ack, so nothing would answer it");
        }
    }

    /** See {@link io.holdfast.client.Client#executeAsync}. */
    CompletableFuture<Ack> execute(Connection to, Command command, Duration timeout) {
        CompletableFuture<Ack> result = new CompletableFuture<>();
        PendingCommand sent = to.execute(command, timeout, ack -> {});
        Outcome.pass(sent.reply(), result);
        Outcome.of(result, (ack, error) -> sent.forget());
        return result;
    }

    /** See {@link io.holdfast.client.Client#flushAsync}. */
    CompletableFuture<Void> flush(Connection to, Duration timeout) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        CompletableFuture<Ack> answer = execute(to, FLUSH, timeout);
        Outcome.of(answer, (ack, error) -> {
            if (error == null) {
                result.complete(null);
            } else {
                result.completeExceptionally(error);
            }
        });
        Outcome.of(result, (nothing, error) -> answer.cancel(false));
        return result;
    }

    /**
     * See {@link io.holdfast.client.Client#publishFlushAsync}. The command makes the broker hurry; with nothing in flight, or no
     * connection, there is nothing to hurry, and one that finds no room is left out: the confirmations come without it.
     */
    CompletableFuture<Void> publishFlush(Duration timeout) {
        PublishFlush flush;
        try {
            flush = publisher.barrier();
        } catch (MessagingException detached) {
            return CompletableFuture.failedFuture(detached);
        }
        if (flush == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> result = flush.result();
        Connection to = publisher.connection();
        CompletableFuture<Void> answer = to == null ? CompletableFuture.completedFuture(null) : flush(to, timeout);
        Alarms.Alarm alarm = alarms.set(
                timeout,
                () -> result.completeExceptionally(
                        new CommandTimedOutException(CommandType.FLUSH, "of publishes", timeout)));
        Outcome.of(result, (nothing, error) -> {
            alarm.cancel();
            answer.cancel(false);
            publisher.forget(flush);
        });
        Outcome.of(answer, (nothing, error) -> {
            if (error == null || mayBeMissing(error)) {
                flush.arrive();
            } else {
                result.completeExceptionally(error);
            }
        });
        return result;
    }

    /** What is stored is confirmed on the next connection. */
    private boolean mayBeMissing(Throwable error) {
        return error instanceof BackPressureException
                || (error instanceof DisconnectedException && publisher.keepsMessages());
    }

    /** Completes when everything published is settled, as far as there is a connection to settle it on. */
    CompletableFuture<Void> drain(Duration timeout) {
        return publisher.connection() == null ? CompletableFuture.completedFuture(null) : publishFlush(timeout);
    }
}
