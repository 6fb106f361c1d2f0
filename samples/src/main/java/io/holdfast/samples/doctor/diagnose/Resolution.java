package io.holdfast.samples.doctor.diagnose;

import java.util.Arrays;

/**
 * How finely a log tells the time. Some forms write whole seconds: what they call 10:00:03 happened at any time within that second, so that
 * such times are taken for its middle, and two of them may be a second apart where the log says that they met.
 */
final class Resolution {

    private static final long SECOND_MILLIS = 1_000;

    private Resolution() {}

    /** In milliseconds, of a log that tells these times. */
    static long millis(long[] times) {
        return Arrays.stream(times).allMatch(time -> time % SECOND_MILLIS == 0) ? SECOND_MILLIS : 1;
    }

    /** These times, each in the middle of what its log can mean by it. */
    static long[] centred(long[] times, long resolution) {
        return Arrays.stream(times).map(time -> time + resolution / 2).toArray();
    }
}
