package io.holdfast.client.subscribe;

import io.holdfast.client.message.Message;

/**
 * The application's code for a subscription's messages.
 *
 * <p>Called for one message at a time, in the broker's order, on the subscription's lane (a thread of the client's
 * delivery executor, not always the same one) or, with {@link Delivery#DIRECT}, on the connection's thread. It may send commands; a
 * blocking call of the same client from here is refused, since it could wait for what this thread has to deliver.
 */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles one message. {@code message} is a view, valid until this returns.
     *
     * @throws Exception anything: it reaches {@link io.holdfast.client.ClientListener#onHandlerError} and the
     *     subscription goes on with the next message
     */
    void onMessage(Message message) throws Exception;
}
