package io.holdfast.ha.internal.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 65536}, {@code 64k}, {@code 16MiB}, {@code 200MB}. */
final class SizeText {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,12}) ?([a-zA-Z]{0,3})");

    private SizeText() {}

    static long parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not a size");
        }
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
    }

    static int inRange(long value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("is out of range");
        }
        return (int) value;
    }

    private static int unit(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "", "b" -> 1;
            case "k", "kib" -> 1 << 10;
            case "m", "mib" -> 1 << 20;
            case "g", "gib" -> 1 << 30;
            case "kb" -> 1_000;
            case "mb" -> 1_000_000;
            case "gb" -> 1_000_000_000;
            default ->
                throw new IllegalArgumentException(
                        "has an unknown unit; known are B, k, m, g, KiB, MiB, GiB (powers of 1024), kB, MB, GB (of 1000)");
        };
    }
}
