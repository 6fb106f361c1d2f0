package io.holdfast.broker.internal.session;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the interval of an option: a number and a unit, {@code 250ms}, {@code 1s}, {@code 2m}; without a unit, seconds. */
public final class Interval {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(us|ms|s|m)?");

    private Interval() {}

    /** The interval, or nothing if the text is none. */
    public static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(form.group(1));
        String unit = form.group(2) == null ? "s" : form.group(2);
        return Optional.of(
                switch (unit) {
                    case "us" -> Duration.ofNanos(number * 1_000);
                    case "ms" -> Duration.ofMillis(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofSeconds(number);
                });
    }
}
