package io.holdfast.client.publish;

import io.holdfast.client.message.SequenceNumber;
import java.util.List;

/**
 * Messages whose fate cannot be known: they were written and not confirmed when another program was seen to publish under
 * this client's name. The broker may have taken them, or dropped them as duplicates of the other's numbers, and its
 * acknowledgements tell nothing about them any more.
 *
 * @param ids their ids ({@link PublishResult#id()}), in the order of publishing; at least one
 * @param foreign the sequence number that showed it
 * @param policy what is done with them: with {@link InDoubtPolicy#HOLD} they wait for
 *     {@link io.holdfast.client.Client#resolveInDoubt}
 */
public record InDoubt(List<Long> ids, SequenceNumber foreign, InDoubtPolicy policy) {

    /** Copies the list. */
    public InDoubt {
        ids = List.copyOf(ids);
    }

    /** What the application may decide. */
    public enum Resolution {
        /** Sent again, at the end of what is stored, under a new id and a new sequence number: it may then arrive twice. */
        RESEND,
        /** Given up: fails with {@link io.holdfast.client.error.PublishDroppedException}. It may have arrived. */
        DROP
    }
}
