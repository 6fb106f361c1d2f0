package io.holdfast.ha.internal.config;

import io.holdfast.client.Heartbeat;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 1d}, and the ISO form {@code PT5S}. */
final class DurationText {

    private static final Pattern SHORT = Pattern.compile("([0-9]{1,12}) ?(ms|s|m|h|d)");

    private DurationText() {}

    /** A duration between two others. */
    static ValueType<Duration> between(String least, String most) {
        Duration from = parse(least);
        Duration to = parse(most);
        return new ValueType<>(
                Duration.class,
                "duration",
                least + ".." + most + ", with a unit: ms, s, m, h, d, or ISO-8601",
                text -> inRange(parse(text), from, to));
    }

    /** The interval of heartbeats, or the word {@code off}. */
    static ValueType<Heartbeat> heartbeat() {
        return new ValueType<>(
                Heartbeat.class,
                "duration",
                "whole seconds, 1s..1h, or off",
                text -> text.equals("off") ? Heartbeat.OFF : Heartbeat.every(wholeSeconds(parse(text))));
    }

    static Duration parse(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        if (text.matches("[0-9]+")) {
            throw new IllegalArgumentException("lacks its unit");
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("is not a duration", e);
        }
    }

    private static Duration inRange(Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("is out of range");
        }
        return value;
    }

    private static Duration wholeSeconds(Duration value) {
        inRange(value, Duration.ofSeconds(1), Duration.ofHours(1));
        if (value.toNanosPart() != 0) {
            throw new IllegalArgumentException("is not a whole number of seconds");
        }
        return value;
    }
}
