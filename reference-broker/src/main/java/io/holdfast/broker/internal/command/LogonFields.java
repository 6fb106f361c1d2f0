package io.holdfast.broker.internal.command;

import io.holdfast.broker.internal.publish.LogIntake;
import io.holdfast.broker.internal.session.Interval;
import io.holdfast.broker.internal.session.ReplicationSource;
import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.client.message.CorrelationId;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a logon says beyond who it is, checked.
 *
 * @param ackInterval how long publish acks are conflated
 * @param replication the instance that wants to replicate, if it is one: option {@code replication=INSTANCE:RUN}, our own
 * @param refusal why the logon cannot be accepted, if so
 */
record LogonFields(
        Duration ackInterval,
        @Nullable ReplicationSource replication,
        @Nullable String refusal) {

    private static final Duration DEFAULT_ACK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_ACK_INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_TEXT = 256;
    private static final String ACK_CONFLATION = "ack_conflation=";
    private static final String REPLICATION = "replication=";
    private static final Pattern SOURCE = Pattern.compile("([A-Za-z0-9._-]{1,64}):([0-9]{1,20})");

    static LogonFields read(Header header) {
        Duration interval = DEFAULT_ACK_INTERVAL;
        ReplicationSource replication = null;
        String refusal = refusal(header);
        for (String option : header.text(Field.OPTS).split(",", -1)) {
            String word = option.strip();
            if (word.startsWith(ACK_CONFLATION)) {
                Optional<Duration> asked = Interval.parse(word.substring(ACK_CONFLATION.length()))
                        .filter(i -> i.compareTo(LONGEST_ACK_INTERVAL) <= 0);
                interval = asked.orElse(interval);
                refusal = asked.isEmpty() ? "bad ack_conflation" : refusal;
            } else if (word.startsWith(REPLICATION)) {
                Matcher source = SOURCE.matcher(word.substring(REPLICATION.length()));
                replication = source.matches() ? new ReplicationSource(source.group(1), source.group(2)) : null;
                refusal = replication == null ? "bad replication" : refusal;
            }
        }
        return new LogonFields(interval, replication, refusal);
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
}
