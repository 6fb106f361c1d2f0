package io.holdfast.samples.demo.collision;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The first column of a timeline. Pure. */
final class Times {

    private Times() {}

    /** Seconds from {@code begin}, in a column of its own. */
    static String since(Instant begin, Instant at) {
        return String.format(
                Locale.ROOT,
                "%-11s",
                String.format(Locale.ROOT, "%.3f s", Duration.between(begin, at).toNanos() / 1e9));
    }
}
