package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.Delivery;
import io.holdfast.client.subscribe.MessageHandler;
import io.holdfast.client.subscribe.MessageStream;
import io.holdfast.client.subscribe.OverflowPolicy;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Everything of a client that has to do with subscriptions, put together. Thread-safe.
 *
 * <pre>
 * subscribe, stream --&gt; Subscriptions --&gt; Roster, Ledgers, Lanes      unsubscribe --&gt; Endings
 * session begins -----&gt; Resumption ----&gt; Subscriptions, FailedResubscribes
 * message ------------&gt; Router --&gt; Intake --&gt; lane
 * </pre>
 */
final class SubscriptionSide {

    private final ClientSetup setup;
    private final Alarms alarms;
    private final Duration commandTimeout;
    private final SubscriptionTable table = new SubscriptionTable();
    private final Roster roster = new Roster(table);
    private final Lanes lanes;
    private final Endings endings;
    private final FailedResubscribes refusals;
    private final Subscriptions subscriptions;

    SubscriptionSide(
            HaClient client, ClientSetup setup, Alarms alarms, BlockingGuard guard, ListenerDispatch listener) {
        this.setup = setup;
        this.alarms = alarms;
        commandTimeout = setup.options().timeouts().command();
        boolean reconnects = setup.options().reconnect().isOn();
        Pauses pauses = new Pauses();
        lanes = new Lanes(client, setup, guard, listener, pauses);
        HeldIds heldIds = new HeldIds();
        endings = new Endings(roster, heldIds, alarms, setup.engine().clock(), commandTimeout, reconnects);
        refusals = new FailedResubscribes(
                setup.subscribing().failedResubscribe(), setup.delivery(), guard, listener, alarms, commandTimeout);
        Ledgers ledgers = new Ledgers(setup.logon().clientName(), setup.subscribing());
        subscriptions = new Subscriptions(roster, heldIds, lanes, ledgers, endings, pauses, alarms, reconnects);
        lanes.unsubscribeWith(endings::quietly);
        refusals.dropBy(subscriptions::dropRefused);
    }

    /** What the routers look subscriptions up in. */
    SubscriptionTable table() {
        return table;
    }

    /** See {@link io.holdfast.client.Client#subscribeAsync}; {@code refusal} says why nothing is done without a connection. */
    CompletableFuture<Subscription> subscribe(
            SubscribeRequest request, MessageHandler handler, Duration timeout, MessagingException refusal) {
        return subscriptions.subscribe(request, subscription -> lanes.to(handler, subscription), timeout, refusal);
    }

    /** See {@link io.holdfast.client.Client#stream}. */
    CompletableFuture<MessageStream> stream(
            SubscribeRequest request, int depth, Duration timeout, MessagingException refusal) {
        if (request.delivery() != Delivery.LANE || request.overflow() != OverflowPolicy.PAUSE) {
            throw new IllegalArgumentException("a stream is a lane that pauses the connection, and nothing else");
        }
        CompletableFuture<MessageStream> result = new CompletableFuture<>();
        CompletableFuture<Subscription> subscribed =
                subscriptions.subscribe(request, subscription -> lanes.stream(depth, subscription), timeout, refusal);
        Outcome.of(subscribed, (subscription, error) -> {
            if (subscription instanceof HaSubscription ours && ours.lane() instanceof StreamLane stream) {
                result.complete(stream);
            } else if (error != null) {
                result.completeExceptionally(error);
            }
        });
        Outcome.of(result, (stream, error) -> {
            if (error != null) {
                subscribed.completeExceptionally(error);
            }
        });
        return result;
    }

    /** See {@link io.holdfast.client.Client#unsubscribeAsync}. */
    CompletableFuture<Void> unsubscribe(Collection<SubscriptionId> ids, Duration timeout, MessagingException refusal) {
        return endings.end(roster.find(ids), timeout, refusal);
    }

    /** See {@link Subscription#unsubscribeAsync}. */
    CompletableFuture<Void> unsubscribe(HaSubscription subscription, Duration timeout, MessagingException refusal) {
        return endings.end(List.of(subscription), timeout, refusal);
    }

    /** Ends one that was to be ended and was not: nobody waits for that. */
    void takeBack(HaSubscription subscription) {
        if (table.find(subscription.id().value()) == subscription) {
            subscriptions.takeBack(subscription, new CancellationException("nobody reads it any more"));
        }
    }

    /** All but those whose command is about to be sent. */
    CompletableFuture<Void> unsubscribeAll(Duration timeout, MessagingException refusal) {
        boolean isConnected = roster.connection() != null;
        List<HaSubscription> all = roster.all().stream()
                .filter(subscription -> !isConnected || subscription.isSent())
                .toList();
        return endings.end(all, timeout, refusal);
    }

    /** A session begins: enters every subscription that is wanted. Fails if the session is useless for them. */
    CompletionStage<Void> resume(Connection connection) {
        return new Resumption(
                        connection, roster.beginSession(connection), subscriptions, refusals, alarms, commandTimeout)
                .start();
    }

    /** The session has ended. */
    void disconnected() {
        roster.endSession();
        roster.all().forEach(subscription -> subscription.lane().disconnected());
    }

    /** There will be no further session, for this reason. */
    void over(MessagingException reason) {
        subscriptions.over(reason);
    }

    /** Ends every lane on this side; nothing is sent. */
    void endLanes() {
        subscriptions.endLanes();
    }

    /** Completes when no handler call runs, once all are ended. */
    CompletableFuture<Void> quiet() {
        return subscriptions.quiet();
    }

    /** Closes the store; acknowledgements that come later are not kept. */
    void closeStore() {
        setup.subscribing().close();
    }
}
