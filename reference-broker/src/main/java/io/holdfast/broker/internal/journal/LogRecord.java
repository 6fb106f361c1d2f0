package io.holdfast.broker.internal.journal;

import org.jspecify.annotations.Nullable;

/**
 * One publish as the log keeps it; immutable, the body included.
 *
 * @param index its place in the one total order of the instance: 1, 2, 3, ...; 0 before it was appended
 * @param micros when the broker took it, microseconds since 1970, never falling within one log
 * @param publisher the client name whose sequence it carries
 * @param sequence the publisher's sequence, above zero
 * @param delta whether it was a {@code delta_publish}
 * @param topic where it was published
 * @param correlationId the publisher's token, passed on
 * @param sowKey the publisher's record key
 * @param expirationSeconds seconds to live; -1 for unset
 * @param body the payload
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; a copy for each reader would be the price
public record LogRecord(
        long index,
        long micros,
        String publisher,
        long sequence,
        boolean delta,
        String topic,
        @Nullable String correlationId,
        @Nullable String sowKey,
        long expirationSeconds,
        byte[] body) {

    /** The same under another publisher's name and sequence. */
    public LogRecord as(String newPublisher, long newSequence) {
        return new LogRecord(
                index, micros, newPublisher, newSequence, delta, topic, correlationId, sowKey, expirationSeconds, body);
    }

    /** The same at its place in the log. */
    LogRecord at(long newIndex, long newMicros) {
        return new LogRecord(
                newIndex, newMicros, publisher, sequence, delta, topic, correlationId, sowKey, expirationSeconds, body);
    }
}
