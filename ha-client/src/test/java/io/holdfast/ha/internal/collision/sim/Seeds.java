package io.holdfast.ha.internal.collision.sim;

import java.util.stream.LongStream;

/**
 * Which seeds a test runs: 1 to {@code -Dcollision.seeds} (1,000), a fraction of them where a seed takes long, or the one of
 * {@code -Dcollision.seed}.
 */
final class Seeds {

    private Seeds() {}

    static long[] all() {
        return oneIn(1);
    }

    static long[] oneIn(int part) {
        Long single = Long.getLong("collision.seed");
        int count = Math.max(1, Integer.getInteger("collision.seeds", 1000) / part);
        return single != null
                ? new long[] {single}
                : LongStream.rangeClosed(1, count).toArray();
    }

    /** How to see one seed again. */
    static String replay(long seed) {
        return "replay with -Dcollision.seed=" + seed + ": ";
    }
}
