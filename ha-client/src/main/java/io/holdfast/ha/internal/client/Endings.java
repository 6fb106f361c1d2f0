package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connection.PendingCommand;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Command;
import io.holdfast.client.spi.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends subscriptions, here and at the broker. Thread-safe; holds no lock.
 *
 * <pre>
 * lane ended -- entered on this connection --&gt; unsubscribe -- answered --&gt; out of the roster, and done when no handler call runs
 *      |                                              \------ not sent, or not answered --&gt; stays, ended, to be tried again
 *      +------- not entered anywhere ---------------------------------&gt; out of the roster
 *      +------- nobody waits -- out of the roster, id held --&gt; unsubscribe -- answered, or connection gone --&gt; id free
 * </pre>
 */
final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private static final Duration WHILE_CONNECTED = Duration.ofDays(1);

    /** How long after an unsubscribe without an answer one with an answer is tried again. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);

    private final Roster roster;
    private final HeldIds heldIds;
    private final Alarms alarms;
    private final Clock clock;
    private final Duration commandTimeout;
    private final boolean reconnects;

    Endings(Roster roster, HeldIds heldIds, Alarms alarms, Clock clock, Duration commandTimeout, boolean reconnects) {
        this.roster = roster;
        this.heldIds = heldIds;
        this.alarms = alarms;
        this.clock = clock;
        this.commandTimeout = commandTimeout;
        this.reconnects = reconnects;
    }

    /**
     * Ends those of these that are active, with one command; see {@link io.holdfast.client.Client#unsubscribeAsync}.
     *
     * @param refusal why nothing can be done without a connection
     */
    CompletableFuture<Void> end(
            Collection<HaSubscription> subscriptions, Duration timeout, MessagingException refusal) {
        if (!reconnects && roster.connection() == null) {
            return CompletableFuture.failedFuture(refusal);
        }
        Roster.Ending ending = roster.end(subscriptions);
        ending.atBroker().forEach(HaSubscription::end);
        ending.here().forEach(HaSubscription::end);
        Connection to = ending.connection();
        if (to != null && !ending.atBroker().isEmpty()) {
            together(to, ending.atBroker(), timeout, ending.atBrokerEnds());
        }
        if (!ending.here().isEmpty()) {
            here(ending.here(), timeout, ending.hereEnds());
        }
        return all(ending.all());
    }

    /** Completes with all of them; of its own, so that a caller who gives up does not fail the others. */
    private static CompletableFuture<Void> all(Collection<CompletableFuture<Void>> parts) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        Outcome.pass(CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0])), result);
        return result;
    }

    private void together(Connection to, List<HaSubscription> ended, Duration timeout, CompletableFuture<Void> result) {
        Deadline deadline = Deadline.after(timeout, clock);
        // Asked for on this thread, since a handler that ends its own subscription must not wait for itself.
        CompletableFuture<Void> quiet = quiet(ended);
        PendingCommand sent;
        try {
            sent = to.execute(SubscribeCommands.unsubscribe(ended).build(), timeout, ack -> {});
        } catch (RuntimeException e) {
            roster.mayBeTriedAgain(ended);
            result.completeExceptionally(e);
            return;
        }
        Outcome.of(sent.reply(), (ack, error) -> {
            // With its connection the broker has lost them too.
            if (error == null || (reconnects && error instanceof DisconnectedException)) {
                ended.forEach(roster::remove);
                whenQuiet(quiet, deadline, result);
            } else {
                failed(ended, error, result);
            }
        });
    }

    private void failed(List<HaSubscription> ended, Throwable failure, CompletableFuture<Void> result) {
        if (failure instanceof CommandRefusedException || failure instanceof DisconnectedException) {
            ended.forEach(roster::remove);
        } else {
            roster.mayBeTriedAgain(ended);
        }
        result.completeExceptionally(failure);
    }

    private void here(List<HaSubscription> ended, Duration timeout, CompletableFuture<Void> result) {
        CompletableFuture<Void> quiet = quiet(ended);
        ended.forEach(roster::remove);
        ended.forEach(each -> each.accepted()
                .completeExceptionally(new CancellationException("unsubscribed before a broker had accepted it")));
        whenQuiet(quiet, Deadline.after(timeout, clock), result);
    }

    /** A handler call that outlasts the deadline has started long ago: what was promised, that none starts, holds. */
    private void whenQuiet(CompletableFuture<Void> quiet, Deadline deadline, CompletableFuture<Void> result) {
        if (quiet.isDone()) {
            result.complete(null);
            return;
        }
        Alarms.Alarm alarm = alarms.set(deadline.remaining(), () -> result.complete(null));
        Outcome.of(quiet, (nothing, error) -> {
            alarm.cancel();
            result.complete(null);
        });
    }

    /** Completes when no handler call of these runs, once all are ended. */
    static CompletableFuture<Void> quiet(Collection<HaSubscription> ended) {
        return CompletableFuture.allOf(ended.stream()
                .map(subscription -> subscription.lane().quiet().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    // ---- one that nobody waits for

    /** Ends one at the broker whose lane is gone already, and holds its id until the broker has said that it has. */
    void quietly(Connection to, HaSubscription subscription) {
        heldIds.hold(subscription.id()); // first: once it is out of the roster, the id may be asked for
        roster.remove(subscription);
        endAtBroker(to, subscription);
    }

    private void endAtBroker(Connection to, HaSubscription subscription) {
        Command command = SubscribeCommands.unsubscribe(List.of(subscription)).build();
        Outcome.of(sent(to, command), (ack, failure) -> {
            if (failure instanceof BackPressureException) {
                whenThereIsRoom(to, subscription);
            } else if (failure == null || failure instanceof MessagingException) {
                if (failure instanceof CommandRefusedException) {
                    LOG.debug(
                            "unsubscribe of {} was refused, its messages are dropped here", subscription.id(), failure);
                }
                heldIds.release(subscription.id());
            } else {
                endWith(to, subscription, failure);
            }
        });
    }

    /** Room in the write queue does not mean that one more command may be unanswered: the one sent now asks for no answer. */
    private void whenThereIsRoom(Connection to, HaSubscription subscription) {
        Command command =
                SubscribeCommands.unsubscribe(List.of(subscription)).acks().build();
        Outcome.of(to.writable(), (nothing, end) -> {
            if (end == null) {
                sent(to, command);
                alarms.set(ASK_AGAIN, () -> endAtBroker(to, subscription));
            } else {
                heldIds.release(subscription.id()); // its connection took it along
            }
        });
    }

    /** Sent once: the answer may lie behind what a full lane leaves unread, and comes, or the connection ends. */
    private static CompletionStage<Ack> sent(Connection to, Command command) {
        try {
            return to.execute(command, WHILE_CONNECTED, ack -> {}).reply();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A connection that cannot send this is of no use; with it the broker forgets the subscription. */
    private void endWith(Connection to, HaSubscription subscription, Throwable failure) {
        LOG.error("HF-1015 internal-error detail=\"an unsubscribe could not be sent\"", failure);
        to.close(commandTimeout);
        Outcome.of(to.closed(), (disconnect, error) -> heldIds.release(subscription.id()));
    }
}
