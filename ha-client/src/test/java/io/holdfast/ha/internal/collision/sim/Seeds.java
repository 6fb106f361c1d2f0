package io.holdfast.ha.internal.collision.sim;

import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Which seeds a test runs: 1 to {@code -Dcollision.seeds}, or the one of {@code -Dcollision.seed}. Without either 1 to 1,000,
 * or a part of them where a seed takes long.
 */
final class Seeds {

    private static final int DEFAULT = 1_000;

    private Seeds() {}

    static long[] all() {
        return byDefault(DEFAULT);
    }

    /** So many where no number is given. */
    static long[] byDefault(int count) {
        Long single = Long.getLong("collision.seed");
        return single != null
                ? new long[] {single}
                : LongStream.rangeClosed(1, Integer.getInteger("collision.seeds", count))
                        .toArray();
    }

    /** Says how many seeds a test ran, and how long that took. */
    static void tell(String what, long[] seeds, long beganNanos) {
        System.out.printf(
                Locale.ROOT,
                "%s: %,d seeds in %,d ms%n",
                what,
                seeds.length,
                (System.nanoTime() - beganNanos) / 1_000_000);
    }

    /** How to see one seed again. */
    static String replay(long seed) {
        return "replay with -Dcollision.seed=" + seed + ": ";
    }
}
