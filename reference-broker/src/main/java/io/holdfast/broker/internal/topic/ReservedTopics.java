package io.holdfast.broker.internal.topic;

/** The topics that belong to the broker (protocol text 4.1). */
public final class ReservedTopics {

    /** Where the broker tells what clients do. */
    public static final String CLIENT_STATUS = "/AMPS/ClientStatus";

    private ReservedTopics() {}

    /** Whether only the broker may publish to it. */
    public static boolean isReserved(String topic) {
        return topic.startsWith("/AMPS/") || topic.equals("/AMPS");
    }
}
