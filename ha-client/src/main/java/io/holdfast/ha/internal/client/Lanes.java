package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.SubscriptionOverflowException;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.Delivery;
import io.holdfast.client.subscribe.MessageHandler;
import io.holdfast.client.subscribe.SubscribeRequest;
import java.util.function.BiConsumer;

/** Makes subscriptions with the lanes their requests ask for. */
final class Lanes implements Subscriptions.SubscriptionFactory {

    private final HaClient client;
    private final ClientSetup setup;
    private final BlockingGuard guard;
    private final ListenerDispatch listener;
    private BiConsumer<Connection, HaSubscription> unsubscriber = (connection, subscription) -> {};

    Lanes(HaClient client, ClientSetup setup, BlockingGuard guard, ListenerDispatch listener) {
        this.client = client;
        this.setup = setup;
        this.guard = guard;
        this.listener = listener;
    }

    /** Sets who unsubscribes what overflowed; once, before use. */
    void unsubscribeWith(BiConsumer<Connection, HaSubscription> value) {
        unsubscriber = value;
    }

    @Override
    public HaSubscription make(SubscriptionId id, SubscribeRequest request, MessageHandler handler) {
        HaSubscription subscription = new HaSubscription(id, request, client, listener);
        HandlerCall call = new HandlerCall(handler, subscription, listener);
        subscription.deliverBy(
                request.delivery() == Delivery.DIRECT
                        ? new DirectLane(call, guard)
                        : new SubscriberLane(
                                call,
                                request.overflow(),
                                setup.options().limits(),
                                setup.delivery(),
                                guard,
                                (overflow, from) -> overflowed(subscription, overflow, from)));
        return subscription;
    }

    private void overflowed(HaSubscription subscription, SubscriberLane.Overflow overflow, Connection from) {
        SubscriptionOverflowException error =
                new SubscriptionOverflowException(subscription.id(), overflow.messages(), overflow.bytes());
        listener.tell((told, owner) -> told.onSubscriptionFailed(owner, subscription, error));
        subscription.end();
        unsubscriber.accept(from, subscription);
    }
}
