package io.holdfast.samples.cli;

import io.holdfast.client.Heartbeat;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.message.Topic;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * From the text of an option to its value.
 *
 * <p>All failures are {@link TypeConversionException}s: for any other, picocli would repeat the whole argument, and an
 * endpoint may hold a password.
 */
public final class Converters {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)?");

    private Converters() {}

    /** Reads {@code 10}, {@code 2.5s}, {@code 500ms}, {@code 3m} or {@code 1h}; without a unit, seconds. */
    public static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Duration duration = duration(text);
            if (duration.isZero()) {
                throw new TypeConversionException("a duration is longer than zero");
            }
            return duration;
        }
    }

    /** Reads an endpoint's URI. */
    static final class EndpointConverter implements ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String text) {
            return checked(text, Endpoint::parse);
        }
    }

    /** Reads a heartbeat interval, or {@code off}. */
    static final class HeartbeatConverter implements ITypeConverter<Heartbeat> {
        @Override
        public Heartbeat convert(String text) {
            return text.equals("off") ? Heartbeat.OFF : checked(text, t -> Heartbeat.every(duration(t)));
        }
    }

    /** Reads a topic or pattern. */
    public static final class TopicConverter implements ITypeConverter<Topic> {
        @Override
        public Topic convert(String text) {
            return checked(text, Topic::of);
        }
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new TypeConversionException("a duration is written as 10, 2.5s, 500ms, 3m or 1h, not '" + text + "'");
        }
        double unitNanos = switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
            case "ms" -> 1e6;
            case "m" -> 60e9;
            case "h" -> 3_600e9;
            default -> 1e9;
        };
        return Duration.ofNanos((long) (Double.parseDouble(matcher.group(1)) * unitNanos));
    }

    private static <T> T checked(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
