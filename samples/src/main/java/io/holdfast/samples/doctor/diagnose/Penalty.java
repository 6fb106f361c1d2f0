package io.holdfast.samples.doctor.diagnose;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells a series of endings from single ones: two sums of weights, each halved in its time, one for loops of seconds and one for loops of
 * minutes. The numbers are those by which the client itself suspects a rival.
 */
final class Penalty {

    private static final double FAST_HALVED_S = 120;
    private static final double SLOW_HALVED_S = 1_800;
    private static final Duration FAST_LIFE = Duration.ofSeconds(30);
    private static final Duration SLOW_LIFE = Duration.ofMinutes(10);
    private static final double FAST_LIMIT = 2.5;
    private static final double SLOW_LIMIT = 5;

    private double fast;
    private double slow;
    private @Nullable Instant last;
    private boolean fastSeries;
    private boolean slowSeries;

    /** Adds the end of a session that had lived so long; in the order of time. */
    void add(Instant at, Duration life) {
        if (last != null) {
            double seconds = Math.max(0, Duration.between(last, at).toMillis() / 1e3);
            fast *= Math.pow(2, -seconds / FAST_HALVED_S);
            slow *= Math.pow(2, -seconds / SLOW_HALVED_S);
        }
        last = at;
        fast += life.compareTo(FAST_LIFE) < 0 ? 1 : 0;
        slow += life.compareTo(SLOW_LIFE) < 0 ? 1 : 0;
        fastSeries |= fast >= FAST_LIMIT;
        slowSeries |= slow >= SLOW_LIMIT;
    }

    /** Whether there was a series at any time. */
    boolean isSeries() {
        return fastSeries || slowSeries;
    }

    /** Whether there was a series of sessions of seconds. */
    boolean isFastSeries() {
        return fastSeries;
    }
}
