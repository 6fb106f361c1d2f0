package io.holdfast.client.message;

/**
 * The counters of an ack, from the header fields of the same names; zero where the broker sent none.
 *
 * @param matches records that matched the filter
 * @param topicMatches records in the topic
 * @param recordsReturned records sent
 * @param recordsInserted records made
 * @param recordsUpdated records changed
 * @param recordsDeleted records removed
 */
public record AckCounts(
        long matches,
        long topicMatches,
        long recordsReturned,
        long recordsInserted,
        long recordsUpdated,
        long recordsDeleted) {

    /** No counters. */
    public static final AckCounts NONE = new AckCounts(0, 0, 0, 0, 0, 0);
}
