package io.holdfast.client.publish;

import io.holdfast.client.Client;

/**
 * Gets each publish that the broker refused, or that was given up, with its message: to be mended and published again, or
 * put aside. It is told in addition to {@link PublishResult#persisted()}, which also fails; but a failure that the handler
 * gets is not told to {@link io.holdfast.client.ClientListener#onPublishFailed}.
 */
@FunctionalInterface
public interface FailedWriteHandler {

    /**
     * One failed publish. Called where the listener is called: one call at a time, never on the connection's thread;
     * blocking here delays later calls of handler and listener alone. What it throws is logged.
     */
    void onFailedWrite(Client client, FailedWrite failed);
}
