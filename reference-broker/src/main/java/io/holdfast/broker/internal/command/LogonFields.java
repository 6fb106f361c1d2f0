package io.holdfast.broker.internal.command;

import io.holdfast.broker.internal.publish.LogIntake;
import io.holdfast.broker.internal.session.Interval;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.client.message.CorrelationId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a logon says beyond who it is, checked.
 *
 * @param ackInterval how long publish acks are conflated
 * @param refusal why the logon cannot be accepted, if so
 */
record LogonFields(Duration ackInterval, @Nullable String refusal) {

    private static final Duration DEFAULT_ACK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_ACK_INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_TEXT = 256;

    static LogonFields read(Header header) {
        Optional<Duration> interval = ackInterval(header.text(Field.OPTS));
        if (interval.isEmpty()) {
            return new LogonFields(DEFAULT_ACK_INTERVAL, "bad ack_conflation");
        }
        return new LogonFields(interval.get(), refusal(header));
    }

    private static @Nullable String refusal(Header header) {
        for (Field field : new Field[] {Field.CLIENT_NAME, Field.USER_ID, Field.VERSION, Field.MESSAGE_TYPE}) {
            if (header.text(field).length() > MAX_TEXT) {
                return field.longKey() + " is longer than " + MAX_TEXT + " characters";
            }
        }
        if (header.text(Field.CLIENT_NAME).indexOf(LogIntake.OWN_NAME) == 0) {
            return "a client name does not begin with U+0001";
        }
        if (header.has(Field.CORRELATION_ID)) {
            try {
                CorrelationId.of(header.text(Field.CORRELATION_ID));
            } catch (IllegalArgumentException e) {
                return "bad correlation id";
            }
        }
        return null;
    }

    private static Optional<Duration> ackInterval(String options) {
        for (String option : options.split(",", -1)) {
            String word = option.strip();
            if (word.startsWith("ack_conflation=")) {
                return Interval.parse(word.substring("ack_conflation=".length()))
                        .filter(i -> i.compareTo(LONGEST_ACK_INTERVAL) <= 0);
            }
        }
        return Optional.of(DEFAULT_ACK_INTERVAL);
    }
}
