package io.holdfast.client.publish;

import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.message.SequenceNumber;

/**
 * A sequence number that the broker holds for this client's name, and that this client's store never assigned: somebody
 * else publishes, or has published, under the name. Each sequence number carries ten random bits of the store it came
 * from, which is how it is noticed.
 *
 * @param sequence the number
 * @param source what brought it
 * @param endpoint from which broker
 */
public record ForeignSequence(SequenceNumber sequence, Source source, Endpoint endpoint) {

    /** What may bring one. */
    public enum Source {
        /** The answer to a logon: it was published while we were away. */
        LOGON,
        /** An acknowledgement: it is being published now. */
        ACK
    }
}
