package io.holdfast.ha.internal.client;

import io.holdfast.client.message.Message;
import io.holdfast.client.subscribe.MessageHandler;
import io.holdfast.client.subscribe.Subscription;

/** Calls a subscription's handler; what it throws is told to the listener and goes no further. */
final class HandlerCall {

    private final MessageHandler handler;
    private final Subscription subscription;
    private final ListenerDispatch listener;

    HandlerCall(MessageHandler handler, Subscription subscription, ListenerDispatch listener) {
        this.handler = handler;
        this.subscription = subscription;
        this.listener = listener;
    }

    // Errors too: one that ended the lane's thread would be seen by nobody, and the subscription would hang.
    @SuppressWarnings("CatchingUnchecked")
    void call(Message message) {
        try {
            handler.onMessage(message);
        } catch (Throwable thrown) {
            listener.tell((told, client) -> told.onHandlerError(client, subscription, thrown));
        }
    }
}
