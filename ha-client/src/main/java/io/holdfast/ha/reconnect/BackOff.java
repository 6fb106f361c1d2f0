package io.holdfast.ha.reconnect;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delays between attempts, in milliseconds by the number of the attempt since the last stable session, from 1. The
 * functions made here take every number up to {@link Integer#MAX_VALUE}, and never exceed their cap.
 *
 * <p>The client asks on its own thread, once for each delay; what an application brings in their place must not block.
 */
public final class BackOff {

    /** The range that the first delay is drawn from: 200 ms. */
    public static final Duration DEFAULT_INITIAL = Duration.ofMillis(200);

    /** The range that no delay exceeds: 20 s. */
    public static final Duration DEFAULT_MAX = Duration.ofSeconds(20);

    private BackOff() {}

    /** {@link #fullJitter(Duration, Duration, RandomGenerator)} with the defaults. */
    public static IntervalFunction fullJitter(RandomGenerator random) {
        return fullJitter(DEFAULT_INITIAL, DEFAULT_MAX, random);
    }

    /**
     * Full jitter: any delay from zero to a range that begins at {@code initial} and doubles with each attempt, up to
     * {@code max}. It spreads the clients of a broker that comes back: neither the delays nor their sums agree.
     *
     * @param initial 1 ms or more
     * @param max {@code initial} or more
     * @param random drawn from once for each delay
     */
    public static IntervalFunction fullJitter(Duration initial, Duration max, RandomGenerator random) {
        IntervalFunction range = exponential(initial, max);
        return attempt -> {
            long most = range.apply(attempt);
            return Math.min(most, (long) (random.nextDouble() * (most + 1.0)));
        };
    }

    /** The same delay each time: for tests, and for a single client of a broker. Many clients would return at once, every time. */
    public static IntervalFunction constant(Duration delay) {
        long millis = millis(delay);
        if (millis < 0) {
            throw new IllegalArgumentException("the delay is zero or more, not " + delay);
        }
        return attempt -> {
            checkAttempt(attempt);
            return millis;
        };
    }

    /**
     * A delay that begins at {@code initial} and doubles with each attempt, up to {@code max}, without jitter.
     *
     * @param initial 1 ms or more
     * @param max {@code initial} or more
     */
    public static IntervalFunction exponential(Duration initial, Duration max) {
        long first = millis(initial);
        long cap = millis(max);
        if (first < 1 || cap < first) {
            throw new IllegalArgumentException(
                    "the first delay is 1 ms or more and not above the cap, not " + initial + " and " + max);
        }
        return attempt -> {
            checkAttempt(attempt);
            return doubled(first, attempt - 1, cap);
        };
    }

    private static long doubled(long first, int times, long cap) {
        // a shift that would lose bits is beyond every cap
        return times < Long.numberOfLeadingZeros(first) - 1 ? Math.min(first << times, cap) : cap;
    }

    private static void checkAttempt(int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts are counted from 1, not " + attempt);
        }
    }

    private static long millis(Duration value) {
        Duration most = Duration.ofMillis(Long.MAX_VALUE);
        return value.compareTo(most) > 0 ? Long.MAX_VALUE : value.toMillis();
    }
}
