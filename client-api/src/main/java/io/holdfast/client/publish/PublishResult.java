package io.holdfast.client.publish;

import io.holdfast.client.message.SequenceNumber;
import java.util.concurrent.CompletionStage;

/** What became of one publish. Thread-safe. */
public interface PublishResult {

    /**
     * The message's number in the publish store, from 1 on in the order of publishing, and for a file store across restarts.
     * It is known at once. A message that was in doubt and is resent has a new one.
     */
    long id();

    /** The sequence number it was last sent with, {@link SequenceNumber#NONE} as long as it was not. */
    SequenceNumber sequence();

    /**
     * Completes with the sequence when the broker says that the message is durable; exceptionally with
     * {@link io.holdfast.client.error.PublishRefusedException}, with
     * {@link io.holdfast.client.error.PublishDroppedException} or
     * {@link io.holdfast.client.error.PublishInDoubtException} if it was given up, with
     * {@link io.holdfast.client.error.ClientClosedException} if the client was closed first (a file store keeps the message),
     * and without a store with {@link io.holdfast.client.error.DisconnectedException} if the connection ended first (the message
     * may or may not have arrived). Completes on the connection's thread: do not block in what depends on it.
     *
     * <p>A failure that comes before anybody asked for this stage goes to
     * {@link io.holdfast.client.ClientListener#onPublishFailed} instead, so that it is told exactly once.
     */
    CompletionStage<SequenceNumber> persisted();
}
