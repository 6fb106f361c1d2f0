package io.holdfast.samples.doctor.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Whether two clients, by their own logs, take turns: each one's end is the other's logon. Their clocks need not agree: the logs are shifted
 * against each other until they fit best. Of two rivals only one is connected at a time; two that fall for one cause are connected together.
 *
 * @param offsetMillis how far the second's clock is ahead of the first's
 * @param matched how many ends of both met a logon of the other
 * @param ends how many ends both have
 */
record Interleaving(long offsetMillis, int matched, int ends) {

    private static final double GOOD = 0.7;
    private static final double MOST_TOGETHER = 0.4;
    private static final int LEAST = 4;
    private static final int MOST = 2_000;
    private static final int SAMPLE = 200;
    private static final long MOST_OFFSET_MILLIS = 14L * 3_600_000;
    private static final int CANDIDATES = 24;

    /** The times of one client, in milliseconds, in order; the latest ones only: what fits there fits. */
    static final class Side {

        private final long resolution;
        private final long[] ends;
        private final long[] logons;

        Side(long[] ends, long[] logons) {
            this.resolution = Math.min(Resolution.millis(ends), Resolution.millis(logons));
            this.ends = Resolution.centred(latest(ends), resolution);
            this.logons = Resolution.centred(latest(logons), resolution);
        }

        /** From each logon to the next end: the part of each session that the log is sure of. */
        List<long[]> sessions() {
            List<long[]> sessions = new ArrayList<>();
            long unsure = resolution / 2;
            int end = 0;
            for (long logon : logons) {
                while (end < ends.length && ends[end] < logon) {
                    end++;
                }
                if (end < ends.length && ends[end] - logon > 2 * unsure) {
                    sessions.add(new long[] {logon + unsure, ends[end] - unsure});
                }
            }
            return sessions;
        }

        private static long[] latest(long[] times) {
            return times.length <= MOST ? times : Arrays.copyOfRange(times, times.length - MOST, times.length);
        }
    }

    /** How the two take turns; empty if they do not, or too seldom to say. */
    static Optional<Interleaving> of(Side a, Side b) {
        if (Math.min(a.ends.length, b.ends.length) < LEAST || Math.min(a.logons.length, b.logons.length) < LEAST) {
            return Optional.empty();
        }
        long tolerance = tolerance(a, b);
        Interleaving best = new Interleaving(0, 0, 0);
        for (long offset : candidates(a, b, tolerance)) {
            Interleaving fit = fit(a, b, offset, tolerance);
            if (fit.matched > best.matched) {
                best = fit;
            }
        }
        return best.matched > 0 ? Optional.of(best) : Optional.empty();
    }

    /** Whether nearly all of these times are among the others, on clocks that agree. */
    static boolean isPartOf(long[] times, long[] others) {
        if (times.length < LEAST || others.length < LEAST) {
            return false;
        }
        long resolution = Resolution.millis(times);
        long tolerance = tolerance(median(gaps(others)), resolution);
        return matches(Resolution.centred(times, resolution), others, 0, tolerance) >= GOOD * times.length;
    }

    private static Interleaving fit(Side a, Side b, long guess, long tolerance) {
        // A guess is as good as the tolerance, which may be more than a whole session of the one that comes back
        // faster.
        long offset = refined(a, b, guess, tolerance);
        // Only where both logs cover the time can there be a match.
        int overlapA = overlapping(a.ends, b, offset);
        int overlapB = overlapping(b.ends, a, -offset);
        int lostByA = Math.min(overlapA, matches(a.ends, b.logons, offset, tolerance));
        int lostByB = Math.min(overlapB, matches(b.ends, a.logons, -offset, tolerance));
        boolean enough = Math.min(lostByA, lostByB) >= LEAST
                && lostByA >= GOOD * overlapA
                && lostByB >= GOOD * overlapB
                && together(a.sessions(), b.sessions(), offset) <= MOST_TOGETHER;
        return enough
                ? new Interleaving(offset, lostByA + lostByB, overlapA + overlapB)
                : new Interleaving(offset, 0, 0);
    }

    /**
     * The offset near the guess by which most meet: of the distances between an end and a logon, the fullest window as wide as the tolerance
     * allows. Its median, as a few meet by chance; its middle where a log tells whole seconds, which spread the true ones evenly over it.
     */
    private static long refined(Side a, Side b, long guess, long tolerance) {
        long[] distances = LongStream.concat(
                        distances(a.ends, b.logons, guess, 2 * tolerance),
                        distances(b.ends, a.logons, -guess, 2 * tolerance).map(distance -> -distance))
                .sorted()
                .toArray();
        int from = 0;
        int to = 0;
        int low = 0;
        for (int high = 0; high < distances.length; high++) {
            while (distances[high] - distances[low] > 2 * tolerance) {
                low++;
            }
            if (high + 1 - low > to - from) {
                from = low;
                to = high + 1;
            }
        }
        if (to == from) {
            return guess;
        }
        return Math.max(a.resolution, b.resolution) > 1
                ? (distances[from] + distances[to - 1]) / 2
                : distances[(from + to) / 2];
    }

    /** From each of {@code times} to each of {@code others}, where that is about {@code offset}. */
    private static LongStream distances(long[] times, long[] others, long offset, long tolerance) {
        LongStream.Builder found = LongStream.builder();
        int from = 0;
        for (long time : times) {
            while (from < others.length && others[from] < time + offset - tolerance) {
                from++;
            }
            for (int at = from; at < others.length && others[at] <= time + offset + tolerance; at++) {
                found.add(others[at] - time);
            }
        }
        return found.build();
    }

    private static long tolerance(Side a, Side b) {
        return tolerance(Math.min(median(gaps(a.ends)), median(gaps(b.ends))), Math.max(a.resolution, b.resolution));
    }

    /**
     * How far from each other two times may be to have met: an eighth of a session, so that what meets by chance meets a quarter of the time;
     * a quarter of it where a log tells whole seconds, which miss each other by half a second as it is.
     */
    private static long tolerance(long session, long resolution) {
        return Math.max(3, Math.min(500, session / (resolution > 1 ? 4 : 8)));
    }

    /** Zero first, then those that most pairs agree on, the smallest of equals first. */
    private static List<Long> candidates(Side a, Side b, long tolerance) {
        Map<Long, Integer> votes = new HashMap<>();
        int step = Math.max(1, a.ends.length / SAMPLE);
        for (int i = 0; i < a.ends.length; i += step) {
            for (long logon : b.logons) {
                long offset = logon - a.ends[i];
                if (Math.abs(offset) <= MOST_OFFSET_MILLIS) {
                    votes.merge(Math.floorDiv(offset, tolerance), 1, Integer::sum);
                }
            }
        }
        List<Map.Entry<Long, Integer>> ranked = new ArrayList<>(votes.entrySet());
        ranked.sort((x, y) -> x.getValue().equals(y.getValue())
                ? Long.compare(Math.abs(x.getKey()), Math.abs(y.getKey()))
                : Integer.compare(y.getValue(), x.getValue()));
        List<Long> offsets = new ArrayList<>(List.of(0L));
        ranked.stream().limit(CANDIDATES).forEach(each -> offsets.add(each.getKey() * tolerance + tolerance / 2));
        return offsets;
    }

    /** How many of {@code times} have one of {@code others} that is {@code offset} later, give or take. */
    private static int matches(long[] times, long[] others, long offset, long tolerance) {
        int found = 0;
        int at = 0;
        for (long time : times) {
            while (at < others.length && others[at] < time + offset - tolerance) {
                at++;
            }
            found += at < others.length && others[at] <= time + offset + tolerance ? 1 : 0;
        }
        return found;
    }

    /** The share of the shorter time connected in which both were. */
    private static double together(List<long[]> a, List<long[]> b, long offset) {
        long both = 0;
        int from = 0;
        for (long[] mine : a) {
            while (from < b.size() && b.get(from)[1] < mine[0] + offset) {
                from++;
            }
            for (int i = from; i < b.size() && b.get(i)[0] < mine[1] + offset; i++) {
                both += Math.min(mine[1] + offset, b.get(i)[1]) - Math.max(mine[0] + offset, b.get(i)[0]);
            }
        }
        long shorter = Math.min(length(a), length(b));
        return shorter == 0 ? 0 : (double) both / shorter;
    }

    private static long length(List<long[]> sessions) {
        return sessions.stream().mapToLong(each -> each[1] - each[0]).sum();
    }

    private static int overlapping(long[] times, Side other, long offset) {
        long from = Math.min(other.ends[0], other.logons[0]);
        long to = Math.max(other.ends[other.ends.length - 1], other.logons[other.logons.length - 1]);
        return (int) Arrays.stream(times)
                .filter(time -> time + offset >= from && time + offset <= to)
                .count();
    }

    private static long[] gaps(long[] times) {
        long[] gaps = new long[times.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = times[i + 1] - times[i];
        }
        return gaps;
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
