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
 * @param origin what explains it
 */
public record ForeignSequence(SequenceNumber sequence, Source source, Endpoint endpoint, Origin origin) {

    /** What may bring one. */
    public enum Source {
        /** The answer to a logon: it was published while we were away. */
        LOGON,
        /** An acknowledgement: it is being published now. */
        ACK
    }

    /** What explains one. */
    public enum Origin {
        /**
         * It was published since this store was logged on to this server, which held no such number then: another publishes
         * under the name.
         */
        PUBLISHED_SINCE,
        /**
         * This is the first logon of this store to this server, so an earlier store of the name may have left the number there:
         * one that was lost, was kept in memory, or was replaced. Another publisher may have, too; his next number proves it.
         */
        FIRST_VISIT
    }

    /** Whether nothing but another publisher explains it. */
    public boolean isProof() {
        return origin == Origin.PUBLISHED_SINCE;
    }
}
