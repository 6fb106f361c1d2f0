package io.holdfast.client.publish;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.message.CorrelationId;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import org.jspecify.annotations.Nullable;

/**
 * One message to publish.
 *
 * @param topic a literal topic
 * @param payload the body
 * @param options what is seldom set
 */
public record PublishRequest(Topic topic, Payload payload, Options options) {

    /** Validates the parts. */
    public PublishRequest {
        requireNonNull(topic, "topic");
        requireNonNull(payload, "payload");
        requireNonNull(options, "options");
        if (topic.equals(Topic.NONE)) {
            throw new IllegalArgumentException("a publish needs a topic");
        }
    }

    /** A message without options. */
    public static PublishRequest of(Topic topic, Payload payload) {
        return new PublishRequest(topic, payload, Options.NONE);
    }

    /** The same message with these options. */
    public PublishRequest with(Options newOptions) {
        return new PublishRequest(topic, payload, newOptions);
    }

    /**
     * What is seldom set on a publish.
     *
     * @param delta whether to send {@code delta_publish}: merge into the stored record
     * @param expirationSeconds seconds to live, 0 for ever, -1 for unset (the topic's own)
     * @param sowKey the record's key, for topics whose publisher chooses it: 1 to 256 characters of the base64 alphabet
     * @param correlationId the application's token
     */
    public record Options(
            boolean delta,
            long expirationSeconds,
            @Nullable String sowKey,
            @Nullable CorrelationId correlationId) {

        /** Nothing set. */
        public static final Options NONE = new Options(false, -1, null, null);

        /** Validates the ranges. */
        public Options {
            if (expirationSeconds < -1) {
                throw new IllegalArgumentException("expirationSeconds is 0 or more, or -1, not " + expirationSeconds);
            }
            if (sowKey != null) {
                CorrelationId.of(sowKey); // the same alphabet
                if (sowKey.length() > 256) {
                    throw new IllegalArgumentException("a SOW key has 1..256 characters, not " + sowKey.length());
                }
            }
        }

        /** These options with this many seconds to live; 0 means for ever. */
        public Options expiringAfter(long seconds) {
            return new Options(delta, seconds, sowKey, correlationId);
        }

        /** These options with this record key. */
        public Options key(String value) {
            return new Options(delta, expirationSeconds, value, correlationId);
        }

        /** These options with this token. */
        public Options correlation(CorrelationId value) {
            return new Options(delta, expirationSeconds, sowKey, value);
        }

        /** These options, as a change to merge. */
        public Options asDelta() {
            return new Options(true, expirationSeconds, sowKey, correlationId);
        }
    }
}
