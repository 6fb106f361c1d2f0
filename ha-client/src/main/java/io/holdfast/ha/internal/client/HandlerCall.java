package io.holdfast.ha.internal.client;

import io.holdfast.client.message.Message;
import io.holdfast.client.subscribe.MessageHandler;

/** Calls a subscription's handler; what it throws is told to the listener and goes no further. Then the message is done with. */
final class HandlerCall {

    private final MessageHandler handler;
    private final HaSubscription subscription;
    private final ListenerDispatch listener;

    HandlerCall(MessageHandler handler, HaSubscription subscription, ListenerDispatch listener) {
        this.handler = handler;
        this.subscription = subscription;
        this.listener = listener;
    }

    // Errors too: one that ended the lane's thread would be seen by nobody, and the subscription would hang.
    @SuppressWarnings("CatchingUnchecked")
    void call(Message message, long receipt) {
        try {
            handler.onMessage(message);
        } catch (Throwable thrown) {
            listener.tell((told, client) -> told.onHandlerError(client, subscription, thrown));
        }
        subscription.handled(receipt);
    }

    /** The lane dropped messages, from the first of these receipts to the last, before the handler saw them. */
    void dropped(long first, long last) {
        subscription.dropped(first, last);
    }
}
