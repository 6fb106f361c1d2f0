package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.connect.Connection.PendingCommand;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.internal.resume.SubscriptionLedger;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Enters subscriptions at the broker, once for each session. Thread-safe.
 *
 * <pre>
 * subscribe:  roster, lane and account first, then the command; without a connection the next session sends it.
 *             time-out or a caller who gave up: lane gone, unsubscribe sent, and the id held until it is answered;
 *             the next one under this id waits for that, so that no message of the first is taken for its own
 * resume:     every one that is wanted, with its handler in place, from where it stands
 * </pre>
 */
final class Subscriptions implements Resumption.Entering {

    /** A resumption keeps the time itself: what a pause holds up is not late. */
    private static final Duration NO_DEADLINE = Duration.ofDays(1);

    private final Roster roster;
    private final HeldIds heldIds;
    private final SubscriptionFactory factory;
    private final Ledgers ledgers;
    private final Endings endings;
    private final Pauses pauses;
    private final Alarms alarms;
    private final boolean reconnects;

    /** Why there will be no further session; {@code null} while there may be one. */
    private volatile @Nullable MessagingException over;

    Subscriptions(
            Roster roster,
            HeldIds heldIds,
            SubscriptionFactory factory,
            Ledgers ledgers,
            Endings endings,
            Pauses pauses,
            Alarms alarms,
            boolean reconnects) {
        this.roster = roster;
        this.heldIds = heldIds;
        this.factory = factory;
        this.ledgers = ledgers;
        this.endings = endings;
        this.pauses = pauses;
        this.alarms = alarms;
        this.reconnects = reconnects;
    }

    /** Makes a subscription with its lane. */
    @FunctionalInterface
    interface SubscriptionFactory {
        /** A subscription under this id, whose lane is in place. */
        HaSubscription make(SubscriptionId id, SubscribeRequest request, Function<HaSubscription, Lane> lanes);
    }

    /**
     * See {@link io.holdfast.client.Client#subscribeAsync}. Failing the result from outside takes the subscription back.
     *
     * @param lanes makes the way to the application
     * @param refusal why nothing can be done without a connection
     */
    CompletableFuture<Subscription> subscribe(
            SubscribeRequest asked,
            Function<HaSubscription, Lane> lanes,
            Duration timeout,
            MessagingException refusal) {
        if (!reconnects && roster.connection() == null) {
            return CompletableFuture.failedFuture(refusal);
        }
        HaSubscription subscription = register(ledgers.complete(asked), lanes);
        CompletableFuture<Subscription> result = new CompletableFuture<>();
        CompletableFuture<Void> free = heldIds.free(subscription.id());
        boolean waits = !free.isDone();
        try {
            SubscriptionLedger account = ledgers.open(subscription);
            if (waits) {
                Outcome.of(free, (nothing, error) -> beginLate(subscription, account, timeout, refusal));
            } else {
                begin(subscription, account, timeout, refusal);
            }
        } catch (RuntimeException e) {
            drop(subscription);
            throw e;
        }
        if (reconnects || waits) {
            endAfter(timeout, subscription);
        }
        answer(subscription, result);
        return result;
    }

    private void begin(
            HaSubscription subscription,
            @Nullable SubscriptionLedger account,
            Duration timeout,
            MessagingException refusal) {
        subscription.begin(account);
        heldIds.hold(subscription.id());
        Roster.Begun begun = roster.begun(subscription);
        Connection to = begun.on();
        if (to != null) {
            enter(subscription, to, timeout);
        } else {
            heldIds.release(subscription.id());
            if (begun.isWanted() && !reconnects) {
                subscription.accepted().completeExceptionally(refusal);
            }
        }
        MessagingException end = over; // after it was entered: either it is seen here, or the entry there
        if (end != null) {
            subscription.accepted().completeExceptionally(end);
        }
    }

    private void beginLate(
            HaSubscription subscription,
            @Nullable SubscriptionLedger account,
            Duration timeout,
            MessagingException refusal) {
        if (subscription.accepted().isDone()) {
            return;
        }
        try {
            begin(subscription, account, timeout, refusal);
        } catch (RuntimeException e) {
            subscription.accepted().completeExceptionally(e);
        }
    }

    /** Tells the caller last: who is told that it failed finds its id free, or held, when it tries again. */
    private void answer(HaSubscription subscription, CompletableFuture<Subscription> result) {
        Outcome.of(subscription.accepted(), (entered, error) -> {
            if (error != null) {
                try {
                    takeBack(subscription, error);
                } finally {
                    result.completeExceptionally(error);
                }
            } else if (!result.complete(subscription)) {
                takeBack(subscription, new CancellationException("nobody waited for the answer any more"));
            }
        });
        Outcome.of(result, (entered, error) -> {
            if (error != null) {
                subscription.accepted().completeExceptionally(error);
            }
        });
    }

    private HaSubscription register(SubscribeRequest request, Function<HaSubscription, Lane> lanes) {
        SubscriptionId id = Ledgers.id(request);
        if (id != null) {
            HaSubscription subscription = factory.make(id, request, lanes);
            if (!roster.add(subscription)) {
                throw new IllegalArgumentException(
                        "subscription id " + id + " is active: unsubscribe it first, or choose another");
            }
            return subscription;
        }
        while (true) {
            HaSubscription subscription = factory.make(roster.nextId(), request, lanes);
            if (roster.add(subscription)) {
                return subscription;
            }
        }
    }

    /** The wait may last longer than any connection, so that no transport keeps its time. */
    private void endAfter(Duration timeout, HaSubscription subscription) {
        CompletableFuture<Subscription> result = subscription.accepted();
        if (result.isDone()) {
            return;
        }
        String topic = subscription.request().topic().name();
        Alarms.Alarm late = alarms.set(
                timeout,
                () -> result.completeExceptionally(
                        new CommandTimedOutException(CommandType.SUBSCRIBE, topic, timeout)));
        Outcome.of(result, (entered, error) -> late.cancel());
    }

    private void enter(HaSubscription subscription, Connection to, Duration timeout) {
        Outcome.of(send(subscription, to, timeout), (ack, error) -> {
            if (error == null) {
                subscription.accepted().complete(subscription);
            } else if (!(reconnects && error instanceof DisconnectedException)) {
                subscription.accepted().completeExceptionally(error);
            }
        });
    }

    /** Lets go of the id, which was held since before anyone could know that this is about to be sent. */
    private CompletionStage<Ack> send(HaSubscription subscription, Connection to, Duration timeout) {
        try {
            PendingCommand sent =
                    to.execute(SubscribeCommands.enter(subscription, to.endpoint()), timeout, subscription::further);
            subscription.enteredBy(sent);
            if (subscription.lane().isEnded()) {
                endings.quietly(to, subscription); // it may have been ended by a command that overtook this one
            }
            Outcome.of(sent.reply(), (ack, error) -> subscription.answered(ack));
            return sent.reply();
        } finally {
            heldIds.release(subscription.id());
        }
    }

    /** Ends one that nobody waits for, for this reason: at the broker too, unless that is what the reason excludes. */
    void takeBack(HaSubscription subscription, Throwable error) {
        subscription.end();
        Connection to = roster.whereEntered(subscription);
        boolean isRefused = error instanceof MessagingException && !(error instanceof CommandTimedOutException);
        if (to != null && !isRefused) {
            endings.quietly(to, subscription); // the broker may have entered it, or do so yet
        } else {
            roster.remove(subscription);
        }
    }

    /** Ends one that no broker has. */
    void drop(HaSubscription subscription) {
        subscription.end();
        roster.remove(subscription);
    }

    /** Ends one that this connection's broker refused. It took its time to be decided: by now the next one may have it. */
    void dropRefused(HaSubscription subscription, Connection by) {
        subscription.end();
        Connection now = roster.whereEntered(subscription);
        if (now != null && now != by) {
            endings.quietly(now, subscription);
        } else {
            roster.remove(subscription);
        }
    }

    // ---- for a resumption

    @Override
    public boolean claim(HaSubscription subscription, Connection to) {
        heldIds.hold(subscription.id());
        boolean isClaimed = roster.claim(subscription, to);
        if (!isClaimed) {
            heldIds.release(subscription.id());
        }
        return isClaimed;
    }

    @Override
    public CompletableFuture<Ack> send(HaSubscription subscription, Connection to) {
        return send(subscription, to, NO_DEADLINE).toCompletableFuture();
    }

    @Override
    public void accepted(HaSubscription subscription) {
        subscription.accepted().complete(subscription);
    }

    @Override
    public boolean wasPaused() {
        return pauses.wereSinceAsked();
    }

    // ---- all of them

    /** There will be no further session, for this reason: whoever waits is told. */
    void over(MessagingException reason) {
        over = reason;
        roster.all().forEach(subscription -> {
            subscription.accepted().completeExceptionally(reason);
            subscription.lane().fail(reason);
        });
    }

    /** Ends every lane on this side; nothing is sent. */
    void endLanes() {
        roster.all().forEach(HaSubscription::end);
    }

    /** Completes when no handler call runs, once all are ended. */
    CompletableFuture<Void> quiet() {
        return Endings.quiet(roster.all());
    }
}
