package io.holdfast.broker.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes and times as a person writes them on a command line. */
final class Amounts {

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,12})([a-z]?)");

    private Amounts() {}

    private static Matcher parse(String text, String units, String example) {
        Matcher amount = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
        if (!amount.matches() || !units.contains(amount.group(2))) {
            throw new TypeConversionException("'" + text + "' is not like " + example);
        }
        return amount;
    }

    /** {@code 4096}, {@code 64m}, {@code 4g}: bytes, or KiB, MiB, GiB. */
    static final class Bytes implements ITypeConverter<Long> {

        /** Made by picocli. */
        Bytes() {}

        @Override
        public Long convert(String text) {
            Matcher amount = parse(text, "kmg", "4096, 512k, 64m or 4g");
            long unit = switch (amount.group(2)) {
                case "k" -> 1L << 10;
                case "m" -> 1L << 20;
                case "g" -> 1L << 30;
                default -> 1L;
            };
            return Math.multiplyExact(Long.parseLong(amount.group(1)), unit);
        }
    }

    /** {@code 90s}, {@code 15m}, {@code 12h}, {@code 7d}. */
    static final class Age implements ITypeConverter<Duration> {

        /** Made by picocli. */
        Age() {}

        @Override
        public Duration convert(String text) {
            Matcher amount = parse(text, "smhd", "90s, 15m, 12h or 7d");
            long count = Long.parseLong(amount.group(1));
            return switch (amount.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> Duration.ofSeconds(count);
            };
        }
    }
}
