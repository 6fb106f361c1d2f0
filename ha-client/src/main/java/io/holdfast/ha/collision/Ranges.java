package io.holdfast.ha.collision;

import java.time.Duration;

/** Checks of durations. */
final class Ranges {

    private static final Duration LONGEST = Duration.ofDays(1);

    private Ranges() {}

    static void positive(String what, Duration value) {
        if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " is above 0 and at most " + LONGEST + ", not " + value);
        }
    }
}
