package io.holdfast.broker.internal.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the log keeps them: microseconds since 1970. */
final class Micros {

    private static final long PER_SECOND = 1_000_000;
    private static final int NANOS = 1_000;

    private Micros() {}

    /** Rounded down. Times that do not fit are the earliest or the latest one. */
    static long of(Instant time) {
        long second = time.getEpochSecond();
        if (Math.abs(second) >= Long.MAX_VALUE / PER_SECOND) {
            return second < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return second * PER_SECOND + time.getNano() / NANOS;
    }

    /** Rounded up: the first that is not before this time. */
    static long notBefore(Instant time) {
        long micros = of(time);
        return micros == Long.MAX_VALUE || time.truncatedTo(ChronoUnit.MICROS).equals(time) ? micros : micros + 1;
    }
}
