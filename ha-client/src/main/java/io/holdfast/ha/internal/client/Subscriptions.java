package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connection.PendingCommand;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.CommandRefusedException;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.message.AckType;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.spi.Clock;
import io.holdfast.client.subscribe.MessageHandler;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters subscriptions at the broker and ends them there. Thread-safe; the lock orders "who ends this one", and no command is
 * sent with it held.
 *
 * <pre>
 * subscribe:    table and lane first, then the command; time-out or a caller who gave up: lane gone, unsubscribe sent
 * unsubscribe:  lane ended first, then the command; answered: out of the table, and done when no handler call runs
 *               not sent, or not answered: stays in the table, ended, so that it can be tried again
 * </pre>
 */
final class Subscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

    private final SubscriptionTable table;
    private final SubscriptionFactory factory;
    private final Alarms alarms;
    private final Duration commandTimeout;
    private final Clock clock;
    private final BiConsumer<HaSubscription, CommandRefusedException> refusals;
    private final Object lock = new Object();
    private long lastNumber;

    Subscriptions(
            SubscriptionTable table,
            SubscriptionFactory factory,
            Alarms alarms,
            Clock clock,
            Duration commandTimeout,
            BiConsumer<HaSubscription, CommandRefusedException> refusals) {
        this.table = table;
        this.factory = factory;
        this.alarms = alarms;
        this.commandTimeout = commandTimeout;
        this.clock = clock;
        this.refusals = refusals;
    }

    /** Makes a subscription with its lane. */
    @FunctionalInterface
    interface SubscriptionFactory {
        /** A subscription under this id, whose lane is in place. */
        HaSubscription make(SubscriptionId id, SubscribeRequest request, MessageHandler handler);
    }

    /** See {@link io.holdfast.client.Client#subscribeAsync}. Failing the result from outside takes the subscription back. */
    CompletableFuture<Subscription> subscribe(
            Connection to, SubscribeRequest request, MessageHandler handler, Duration timeout) {
        HaSubscription subscription = enter(request, handler);
        CompletableFuture<Subscription> result = new CompletableFuture<>();
        PendingCommand sent;
        try {
            sent = to.execute(subscribeCommand(subscription), timeout, subscription::further);
        } catch (RuntimeException e) {
            drop(subscription);
            throw e;
        }
        subscription.enteredBy(sent);
        if (subscription.lane().isEnded()) {
            unsubscribeQuietly(to, subscription); // it may have been ended by a command that overtook this one
        }
        Outcome.of(sent.reply(), (ack, error) -> {
            subscription.answered();
            if (error == null) {
                result.complete(subscription);
            } else {
                result.completeExceptionally(error);
            }
        });
        Outcome.of(result, (entered, error) -> {
            if (error != null) {
                takeBack(to, subscription, error);
            }
        });
        return result;
    }

    /**
     * Enters every subscription again that is active, with the bookmark of its request; one that the broker refuses ends, and the
     * listener is told, and the others go on. Fails if the broker does not answer.
     */
    CompletionStage<Void> resume(Connection to) {
        List<CompletableFuture<Void>> entered = new ArrayList<>();
        for (HaSubscription subscription : table.all()) {
            if (subscription.isSent() && !subscription.lane().isEnded()) {
                entered.add(enterAgain(to, subscription));
            }
        }
        return CompletableFuture.allOf(entered.toArray(new CompletableFuture<?>[0]));
    }

    private CompletableFuture<Void> enterAgain(Connection to, HaSubscription subscription) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        PendingCommand sent = to.execute(subscribeCommand(subscription), commandTimeout, subscription::further);
        subscription.enteredBy(sent);
        Outcome.of(sent.reply(), (ack, error) -> {
            if (error instanceof CommandRefusedException refused) {
                drop(subscription);
                refusals.accept(subscription, refused);
                result.complete(null);
            } else if (error == null) {
                result.complete(null);
            } else {
                result.completeExceptionally(error);
            }
        });
        return result;
    }

    private HaSubscription enter(SubscribeRequest request, MessageHandler handler) {
        SubscriptionId chosen = request.id();
        if (chosen != null) {
            HaSubscription subscription = factory.make(chosen, request, handler);
            if (!table.add(subscription)) {
                throw new IllegalArgumentException(
                        "subscription id " + chosen + " is active: unsubscribe it first, or choose another");
            }
            return subscription;
        }
        while (true) {
            HaSubscription subscription = factory.make(nextId(), request, handler);
            if (table.add(subscription)) {
                return subscription;
            }
        }
    }

    private SubscriptionId nextId() {
        synchronized (lock) {
            lastNumber++;
            return SubscriptionId.of(Long.toString(lastNumber));
        }
    }

    private static Command subscribeCommand(HaSubscription subscription) {
        SubscribeRequest request = subscription.request();
        Set<AckType> acks = EnumSet.of(AckType.PROCESSED);
        acks.addAll(request.furtherAcks());
        return Command.builder(CommandType.SUBSCRIBE)
                .topic(request.topic())
                .filter(request.filter())
                .options(request.options())
                .bookmark(request.bookmark())
                .subscriptionIds(subscription.id().value())
                .acks(acks)
                .build();
    }

    private void takeBack(Connection to, HaSubscription subscription, Throwable error) {
        drop(subscription);
        if (error instanceof CommandTimedOutException || error instanceof CancellationException) {
            unsubscribeQuietly(to, subscription); // the broker may have entered it, or do so yet
        }
    }

    private void drop(HaSubscription subscription) {
        subscription.end();
        table.remove(subscription);
    }

    /** Ends a subscription that has failed on this side: its lane is gone already. */
    void unsubscribeQuietly(Connection to, HaSubscription subscription) {
        sendQuietly(to, subscription, unsubscribe(List.of(subscription)).build());
    }

    private void sendQuietly(Connection to, HaSubscription subscription, Command command) {
        Outcome.of(to.execute(command, commandTimeout, ack -> {}).reply(), (ack, failure) -> {
            if (failure instanceof BackPressureException) {
                sendLater(to, subscription);
                return;
            }
            table.remove(subscription);
            if (failure != null && !(failure instanceof DisconnectedException)) {
                LOG.debug(
                        "unsubscribe of {} had no success, its messages are dropped here", subscription.id(), failure);
            }
        });
    }

    /** Keeps the id until there is room: sent later, the command would end whoever had taken the id by then. */
    private void sendLater(Connection to, HaSubscription subscription) {
        if (!table.add(subscription)) {
            return;
        }
        // Without an answer, since room in the write queue does not mean that one more command may be unanswered.
        Command command = unsubscribe(List.of(subscription)).acks().build();
        Outcome.of(to.writable(), (nothing, end) -> {
            if (end == null) {
                sendQuietly(to, subscription, command);
            }
        });
    }

    /** Ends those of these that are active, with one command; see {@link io.holdfast.client.Client#unsubscribeAsync}. */
    CompletableFuture<Void> unsubscribe(Connection to, Collection<HaSubscription> subscriptions, Duration timeout) {
        List<HaSubscription> toEnd = new ArrayList<>();
        Set<CompletableFuture<Void>> endings = new LinkedHashSet<>();
        CompletableFuture<Void> own = new CompletableFuture<>();
        synchronized (lock) {
            for (HaSubscription subscription : subscriptions) {
                CompletableFuture<Void> ending = subscription.ending;
                if (ending != null) {
                    endings.add(ending);
                } else if (table.find(subscription.id().value()) == subscription) {
                    subscription.ending = own;
                    toEnd.add(subscription);
                }
            }
        }
        if (!toEnd.isEmpty()) {
            endings.add(own);
            toEnd.forEach(HaSubscription::end);
            send(to, toEnd, timeout, own);
        }
        return all(endings);
    }

    /** Completes with all of them; of its own, so that a caller who gives up does not fail the others. */
    private static CompletableFuture<Void> all(Collection<CompletableFuture<Void>> endings) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        Outcome.pass(CompletableFuture.allOf(endings.toArray(new CompletableFuture<?>[0])), result);
        return result;
    }

    /** Completes when no handler call runs, once all are ended. */
    CompletableFuture<Void> quiet() {
        return quiet(table.all());
    }

    private static CompletableFuture<Void> quiet(Collection<HaSubscription> ended) {
        return CompletableFuture.allOf(ended.stream()
                .map(subscription -> subscription.lane().quiet().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private void send(Connection to, List<HaSubscription> ended, Duration timeout, CompletableFuture<Void> result) {
        Deadline deadline = Deadline.after(timeout, clock);
        // Asked for on this thread, since a handler that ends its own subscription must not wait for itself.
        CompletableFuture<Void> quiet = quiet(ended);
        PendingCommand sent;
        try {
            sent = to.execute(unsubscribe(ended).build(), timeout, ack -> {});
        } catch (RuntimeException e) {
            mayBeTriedAgain(ended);
            result.completeExceptionally(e);
            return;
        }
        Outcome.of(sent.reply(), (ack, error) -> {
            if (error == null) {
                ended.forEach(table::remove);
                whenQuiet(quiet, deadline, result);
            } else {
                failed(ended, error, result);
            }
        });
    }

    private void failed(List<HaSubscription> ended, Throwable failure, CompletableFuture<Void> result) {
        if (failure instanceof CommandRefusedException || failure instanceof DisconnectedException) {
            ended.forEach(table::remove);
        } else {
            mayBeTriedAgain(ended);
        }
        result.completeExceptionally(failure);
    }

    private void mayBeTriedAgain(List<HaSubscription> ended) {
        synchronized (lock) {
            ended.forEach(subscription -> subscription.ending = null);
        }
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

    /** Named one by one, not "all": a subscription that is being entered at this moment is not meant. */
    private static Command.Builder unsubscribe(List<HaSubscription> subscriptions) {
        return Command.builder(CommandType.UNSUBSCRIBE)
                .subscriptionIds(subscriptions.stream()
                        .map(subscription -> subscription.id().value())
                        .collect(Collectors.joining(",")));
    }

    /** Those of these ids that are known. */
    List<HaSubscription> find(Collection<SubscriptionId> ids) {
        return ids.stream()
                .distinct()
                .map(id -> table.find(id.value()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** All but those whose command is not on its way yet. */
    List<HaSubscription> sent() {
        return table.all().stream().filter(HaSubscription::isSent).toList();
    }

    /** Ends every lane on this side; nothing is sent. */
    void endLanes() {
        table.all().forEach(HaSubscription::end);
    }
}
