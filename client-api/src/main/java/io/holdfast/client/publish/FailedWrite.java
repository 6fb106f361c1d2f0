package io.holdfast.client.publish;

import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.SequenceNumber;
import java.util.Optional;

/**
 * A publish that will not be confirmed.
 *
 * @param id its id in the store
 * @param sequence the number it was sent with, {@link SequenceNumber#NONE} if it never was
 * @param request the message itself; empty without a publish store, which keeps none, or if the store cannot be read any more
 * @param reason why: refused by the broker ({@link io.holdfast.client.error.PublishRefusedException}), dropped from a full
 *     store or by the application, in doubt, or too large for the connection
 */
public record FailedWrite(
        long id, SequenceNumber sequence, Optional<PublishRequest> request, MessagingException reason) {}
