package io.holdfast.client.publish;

import io.holdfast.client.message.SequenceNumber;
import java.util.List;

/**
 * Messages whose fate cannot be known: they were written and not confirmed when another program was seen to publish under
 * this client's name, or when the client gave its name up. The broker may have taken them, or dropped them as duplicates of the
 * other's numbers, and its acknowledgements tell nothing about them any more.
 *
 * <p>A client that stood by tells them at its next logon, even if the number that the broker holds is its own: another that counted up
 * to exactly that number would have its message taken for ours.
 *
 * @param ids their ids ({@link PublishResult#id()}), in the order of publishing; at least one
 * @param foreign the sequence number that showed it; for a client that stood by, the highest that the broker held for the name at its
 *     next logon, which may be the client's own
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
