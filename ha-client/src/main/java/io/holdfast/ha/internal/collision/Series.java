package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.EvictionLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The sessions that a peer ended, until one is held.
 *
 * @param count how many
 * @param firstAt when the first of them ended
 * @param lastAt when the last one ended
 * @param lastLife how long the last one lasted, also if it was too long to count
 * @param lastWeight what the last one added to the penalties
 * @param longest the longest of those that counted
 * @param lives how long the last few of them lasted
 */
record Series(
        int count, long firstAt, long lastAt, long lastLife, double lastWeight, long longest, List<Duration> lives) {

    static final Series NONE = new Series(0, 0, Long.MIN_VALUE / 2, 0, 0, 0, List.of());

    Series plus(long life, double weight, boolean counts, long now) {
        if (!counts) {
            return new Series(count, firstAt, now, life, weight, longest, lives);
        }
        List<Duration> last = new ArrayList<>(lives);
        last.add(Duration.ofNanos(life));
        if (last.size() > EvictionLoop.MAX_SESSIONS) {
            last.remove(0);
        }
        return new Series(
                count + 1, count == 0 ? now : firstAt, now, life, weight, Math.max(longest, life), List.copyOf(last));
    }

    Series withLastWeight(double weight) {
        return new Series(count, firstAt, lastAt, lastLife, weight, longest, lives);
    }

    Series onlyLongest() {
        return new Series(0, 0, lastAt, lastLife, 0, longest, List.of());
    }

    Duration within() {
        return count == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, lastAt - firstAt));
    }
}
