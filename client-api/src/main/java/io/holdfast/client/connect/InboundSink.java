package io.holdfast.client.connect;

import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Message;

/**
 * Where a connection delivers to: the client's router.
 *
 * <p>Called on the connection's thread only, in the order of the wire, never after {@link Connection#closed()} completed.
 * Nothing here may block; what it throws ends the connection with {@link DisconnectCause#INTERNAL_ERROR}.
 */
public interface InboundSink {

    /** A publish, a sow record, an oof, or a group mark. {@code message} is a view, valid during the call. */
    void onMessage(Message message);

    /**
     * An ack for publishes: success means everything up to {@link Ack#sequence()}; failure means that one publish alone.
     * Acks of commands reach their {@link Connection.PendingCommand} instead.
     */
    void onPublishAck(Ack ack);
}
