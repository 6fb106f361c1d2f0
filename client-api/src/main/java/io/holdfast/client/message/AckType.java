package io.holdfast.client.message;

/** The stages of a command that a broker reports when asked (AMPS command reference, {@code ack_type}). */
public enum AckType {
    /** The command arrived. */
    RECEIVED("received"),
    /** The command was accepted or refused. */
    PROCESSED("processed"),
    /** The message is durable: in the transaction log and in every synchronous replica. */
    PERSISTED("persisted"),
    /** The command's immediate part is done: a replay, a query, everything before a flush. */
    COMPLETED("completed"),
    /** Counters about what the command did. */
    STATS("stats");

    private final String word;

    AckType(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
