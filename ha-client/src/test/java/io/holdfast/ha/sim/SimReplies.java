package io.holdfast.ha.sim;

import io.holdfast.client.connect.Connection.PendingCommand;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The commands of one connection that wait for acks. */
final class SimReplies {

    private final SimAttempt attempt;
    private final SimWriteQueue queue;
    private final Map<Long, Pending> pending = new TreeMap<>();
    private long lastId;

    SimReplies(SimAttempt attempt, SimWriteQueue queue) {
        this.attempt = attempt;
        this.queue = queue;
    }

    /** One command and those who wait for it. */
    private final class Pending implements PendingCommand {

        private final long id;
        private final Command command;
        private final Duration timeout;
        private final Consumer<Ack> furtherAcks;
        private final CompletableFuture<Ack> reply = new CompletableFuture<>();
        private @Nullable SimEvent deadline;

        private Pending(long id, Command command, Duration timeout, Consumer<Ack> furtherAcks) {
            this.id = id;
            this.command = command;
            this.timeout = timeout;
            this.furtherAcks = furtherAcks;
        }

        @Override
        public CompletionStage<Ack> reply() {
            return reply;
        }

        @Override
        public void forget() {
            pending.remove(id);
            attempt.io().execute(() -> {
                stopWatch();
                reply.completeExceptionally(new CancellationException("forgotten"));
            });
        }

        private void watch() {
            deadline = attempt.network()
                    .world()
                    .after(
                            attempt.process(),
                            timeout.toNanos(),
                            "command deadline",
                            () -> attempt.io().execute(() -> {
                                if (!reply.isDone()) {
                                    pending.remove(id);
                                    reply.completeExceptionally(
                                            new CommandTimedOutException(command.type(), subject(command), timeout));
                                }
                            }));
        }

        private void stopWatch() {
            if (deadline != null) {
                deadline.cancel();
            }
        }

        private void onAck(Ack ack) {
            boolean answers = !reply.isDone() && (ack.type() == command.replyOn() || !ack.isSuccess());
            if (!answers) {
                furtherAcks.accept(ack);
                return;
            }
            stopWatch();
            if (!ack.isSuccess() || furtherTypes() == 0) {
                pending.remove(id);
            }
            if (ack.isSuccess()) {
                reply.complete(ack);
            } else {
                reply.completeExceptionally(new CommandRefusedException(command.type(), subject(command), ack));
            }
        }

        private long furtherTypes() {
            return command.acks().stream()
                    .filter(type -> type != command.replyOn() && type != AckType.RECEIVED)
                    .count();
        }
    }

    private record Settled(CompletionStage<Ack> reply) implements PendingCommand {
        @Override
        public void forget() {
            // nothing is kept
        }
    }

    static PendingCommand failed(MessagingException error) {
        return new Settled(CompletableFuture.failedFuture(error));
    }

    PendingCommand send(Command command, Duration timeout, Consumer<Ack> furtherAcks) {
        if (command.replyOn() == null) {
            return queue.offer(new ClientFrame.Order(-1, command))
                    ? new Settled(CompletableFuture.completedFuture(null))
                    : full("write queue (bytes)", queue.bound());
        }
        int bound = attempt.request().limits().commandsInFlight();
        if (pending.values().stream().filter(each -> !each.reply.isDone()).count() >= bound) {
            return full("commands in flight", bound);
        }
        Pending sent = new Pending(++lastId, command, timeout, furtherAcks);
        if (!queue.offer(new ClientFrame.Order(sent.id, command))) {
            return full("write queue (bytes)", queue.bound());
        }
        pending.put(sent.id, sent);
        sent.watch();
        return sent;
    }

    private static PendingCommand full(String what, int bound) {
        return failed(new BackPressureException(what, bound, "wait"));
    }

    void onAck(long id, Ack ack) {
        Pending found = pending.get(id);
        if (found != null) {
            found.onAck(ack);
        }
    }

    void end(DisconnectedException failure) {
        List<Pending> all = List.copyOf(pending.values());
        pending.clear();
        for (Pending each : all) {
            each.stopWatch();
            each.reply.completeExceptionally(failure);
        }
    }

    private static String subject(Command command) {
        return command.topic() == null
                ? String.valueOf(command.subscriptionIds())
                : command.topic().name();
    }
}
