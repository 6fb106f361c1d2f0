package io.holdfast.samples.doctor.diagnose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Knows when which names lost their connection, over all logs of one side. Two names that fall in the same moment, nearly each time, have
 * one cause, and it is not their names.
 */
final class SharedFalls {

    private static final long SAME_MOMENT_MILLIS = 1_000;
    private static final double NEARLY_ALL = 0.6;

    private record Fall(long atMillis, long lifeMillis, long resolution, String owner, List<String> files) {

        /** Whether both sessions were open at the same time for the most part: rivals for a name fall close to each other too. */
        boolean wasOpenWith(SessionEnd end) {
            long at = end.at().toEpochMilli();
            long life = end.life().toMillis();
            long together = Math.min(at, atMillis) - Math.max(at - life, atMillis - lifeMillis);
            return 2 * together > Math.min(life, lifeMillis);
        }
    }

    private final List<Fall> falls = new ArrayList<>();
    private boolean sorted;

    /** Adds the ends of one name, told by these files. */
    void add(String owner, List<String> files, List<SessionEnd> ends) {
        sorted = false;
        long resolution = resolution(ends);
        for (SessionEnd each : ends) {
            if (isOpen(each)) {
                falls.add(new Fall(each.at().toEpochMilli(), each.life().toMillis(), resolution, owner, files));
            }
        }
    }

    /** The ends, with those that nothing explained marked as shared, if nearly all that could be are. */
    List<SessionEnd> mark(String owner, List<String> files, List<SessionEnd> ends) {
        if (!sorted) {
            falls.sort(Comparator.comparingLong(Fall::atMillis));
            sorted = true;
        }
        long moment = moment(ends);
        if (moment < resolution(ends)) {
            return ends; // so fast a loop in so coarse a log: it cannot tell what was at the same moment
        }
        long open = ends.stream().filter(SharedFalls::isOpen).count();
        long shared = ends.stream()
                .filter(each -> isOpen(each) && isShared(each, moment, owner, files))
                .count();
        if (open == 0 || shared < NEARLY_ALL * open) {
            return ends;
        }
        return ends.stream()
                .map(each -> isOpen(each) && each.why() != Explanation.BROKER_CLOSED
                        ? each.explainedBy(Explanation.SHARED_FALL)
                        : each)
                .toList();
    }

    /** A second, or an eighth of the usual gap between ends: two fast loops fall close to each other by chance. */
    private static long moment(List<SessionEnd> ends) {
        long[] gaps = IntStream.range(1, ends.size())
                .mapToLong(i ->
                        Duration.between(ends.get(i - 1).at(), ends.get(i).at()).toMillis())
                .sorted()
                .toArray();
        return gaps.length == 0 ? SAME_MOMENT_MILLIS : Math.min(SAME_MOMENT_MILLIS, gaps[gaps.length / 2] / 8);
    }

    private static long resolution(List<SessionEnd> ends) {
        return Resolution.millis(
                ends.stream().mapToLong(end -> end.at().toEpochMilli()).toArray());
    }

    private static boolean isOpen(SessionEnd end) {
        return end.why() == Explanation.BARE_CLOSE
                || end.why() == Explanation.DROPPED
                || end.why() == Explanation.BROKER_CLOSED;
    }

    private boolean isShared(SessionEnd end, long moment, String owner, List<String> files) {
        long at = end.at().toEpochMilli();
        for (int i = firstFrom(at - moment); i < falls.size(); i++) {
            Fall other = falls.get(i);
            if (other.atMillis > at + moment) {
                return false;
            }
            // The very same instant in another file is more likely a copy of this log than another client.
            boolean copy = other.atMillis == at && !other.files.equals(files);
            if (!other.owner.equals(owner) && other.resolution <= moment && !copy && other.wasOpenWith(end)) {
                return true;
            }
        }
        return false;
    }

    private int firstFrom(long atMillis) {
        int low = 0;
        int high = falls.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (falls.get(middle).atMillis < atMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
