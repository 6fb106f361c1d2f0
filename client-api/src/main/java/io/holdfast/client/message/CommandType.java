package io.holdfast.client.message;

/**
 * The verbs of the protocol (AMPS command reference, section "commands").
 *
 * <p>{@link #word()} is what we write; readers also accept {@code p} for {@link #PUBLISH}.
 */
public enum CommandType {
    /** Takes the client name; the first command of a connection. */
    LOGON("logon"),
    /** A message; from the client to a topic, from the broker to a subscription. */
    PUBLISH("publish"),
    /** A change to merge into the stored record. */
    DELTA_PUBLISH("delta_publish"),
    /** Enters a subscription. */
    SUBSCRIBE("subscribe"),
    /** Enters a subscription that is sent changes only. */
    DELTA_SUBSCRIBE("delta_subscribe"),
    /** Queries stored records; from the broker: a batch of records. */
    SOW("sow"),
    /** A query and a subscription without a gap between them. */
    SOW_AND_SUBSCRIBE("sow_and_subscribe"),
    /** A query and a delta subscription without a gap between them. */
    SOW_AND_DELTA_SUBSCRIBE("sow_and_delta_subscribe"),
    /** Deletes records, or acknowledges queue messages. */
    SOW_DELETE("sow_delete"),
    /** Ends subscriptions or a running query. */
    UNSUBSCRIBE("unsubscribe"),
    /** Answered when everything earlier on the connection is done. */
    FLUSH("flush"),
    /** Asks for, sends, or answers a sign of life. */
    HEARTBEAT("heartbeat"),
    /** From the broker: the answer to a command. */
    ACK("ack"),
    /** From the broker: a record left the focus of a subscription. */
    OOF("oof"),
    /** From the broker: a query's records follow. */
    GROUP_BEGIN("group_begin"),
    /** From the broker: a query's records are complete. */
    GROUP_END("group_end");

    private final String word;

    CommandType(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
