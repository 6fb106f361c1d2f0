package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.SubscriptionOverflowException;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.subscribe.Delivery;
import io.holdfast.client.subscribe.MessageHandler;
import io.holdfast.client.subscribe.SubscribeRequest;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Makes subscriptions with the lanes their requests ask for. */
final class Lanes implements Subscriptions.SubscriptionFactory {

    private final HaClient client;
    private final ClientSetup setup;
    private final BlockingGuard guard;
    private final ListenerDispatch listener;
    private final Pauses pauses;
    private BiConsumer<Connection, HaSubscription> unsubscriber = (connection, subscription) -> {};

    Lanes(HaClient client, ClientSetup setup, BlockingGuard guard, ListenerDispatch listener, Pauses pauses) {
        this.client = client;
        this.setup = setup;
        this.guard = guard;
        this.listener = listener;
        this.pauses = pauses;
    }

    /** Sets who unsubscribes what overflowed; once, before use. */
    void unsubscribeWith(BiConsumer<Connection, HaSubscription> value) {
        unsubscriber = value;
    }

    @Override
    public HaSubscription make(SubscriptionId id, SubscribeRequest request, Function<HaSubscription, Lane> lanes) {
        HaSubscription subscription = new HaSubscription(id, request, client, listener);
        subscription.deliverBy(lanes.apply(subscription));
        return subscription;
    }

    /** A lane to this handler. */
    Lane to(MessageHandler handler, HaSubscription subscription) {
        HandlerCall call = new HandlerCall(handler, subscription, listener);
        return subscription.request().delivery() == Delivery.DIRECT
                ? new DirectLane(call, guard)
                : new SubscriberLane(
                        call,
                        subscription.request().overflow(),
                        setup.options().limits(),
                        setup.delivery(),
                        guard,
                        pauses,
                        (overflow, from) -> overflowed(subscription, overflow, from));
    }

    /** A lane that is read by whoever asks for the next message. */
    StreamLane stream(int depth, HaSubscription subscription) {
        return new StreamLane(subscription, setup.options().limits().withLane(depth, Integer.MAX_VALUE), guard, pauses);
    }

    private void overflowed(HaSubscription subscription, SubscriberLane.Overflow overflow, Connection from) {
        SubscriptionOverflowException error =
                new SubscriptionOverflowException(subscription.id(), overflow.messages(), overflow.bytes());
        listener.tell((told, owner) -> told.onSubscriptionFailed(owner, subscription, error));
        subscription.end();
        unsubscriber.accept(from, subscription);
    }
}
