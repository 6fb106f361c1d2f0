package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.subscribe.FailedResubscribeHandler;
import io.holdfast.client.subscribe.FailedResubscribeHandler.Decision;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Asks the application what is to become of a subscription that was refused after a reconnect, and does it. Thread-safe.
 *
 * <p>The handler runs on the delivery executor; one that gives no answer in the time of a command has decided for
 * {@link Decision#DROP}.
 */
final class FailedResubscribes implements Resumption.Refusals {

    private final FailedResubscribeHandler handler;
    private final Executor executor;
    private final BlockingGuard guard;
    private final ListenerDispatch listener;
    private final Alarms alarms;
    private final Duration timeout;
    private BiConsumer<HaSubscription, Connection> dropper = (subscription, by) -> {};

    FailedResubscribes(
            FailedResubscribeHandler handler,
            Executor executor,
            BlockingGuard guard,
            ListenerDispatch listener,
            Alarms alarms,
            Duration timeout) {
        this.handler = handler;
        this.executor = executor;
        this.guard = guard;
        this.listener = listener;
        this.alarms = alarms;
        this.timeout = timeout;
    }

    /** Sets who drops what this connection's broker refused; once, before use. */
    void dropBy(BiConsumer<HaSubscription, Connection> value) {
        dropper = value;
    }

    @Override
    public CompletableFuture<Void> refused(HaSubscription subscription, MessagingException refusal, Connection by) {
        CompletableFuture<Decision> decision = new CompletableFuture<>();
        if (!subscription.isAccepted()) {
            subscription.accepted().completeExceptionally(refusal); // its caller is told, and takes it back
            return CompletableFuture.completedFuture(null);
        }
        ask(subscription, refusal, decision);
        CompletableFuture<Void> done = new CompletableFuture<>();
        Outcome.of(decision, (decided, error) -> {
            if (decided == Decision.FAIL) {
                done.completeExceptionally(refusal);
                return;
            }
            if (decided != Decision.KEEP && subscription.lose()) {
                listener.tell((told, client) -> told.onSubscriptionFailed(client, subscription, refusal));
                subscription.lane().fail(refusal);
                dropper.accept(subscription, by);
            }
            done.complete(null);
        });
        return done;
    }

    private void ask(HaSubscription subscription, MessagingException refusal, CompletableFuture<Decision> decision) {
        if (handler == FailedResubscribeHandler.DROP_ALL) {
            decision.complete(Decision.DROP);
            return;
        }
        Alarms.Alarm late = alarms.set(timeout, () -> decision.complete(Decision.DROP));
        Outcome.of(decision, (decided, error) -> late.cancel());
        try {
            executor.execute(() -> guard.guarded(() -> decision.complete(decide(subscription, refusal))));
        } catch (RuntimeException refused) {
            decision.complete(Decision.DROP); // an executor that takes nothing more belongs to a client that ends
        }
    }

    // Errors too: a decision that never came would hold up the session.
    @SuppressWarnings("CatchingUnchecked")
    private Decision decide(HaSubscription subscription, MessagingException refusal) {
        try {
            return handler.onRefused(subscription, refusal);
        } catch (Throwable thrown) {
            listener.tell((told, client) -> told.onHandlerError(client, subscription, thrown));
            return Decision.DROP;
        }
    }
}
