package io.holdfast.ha.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What happened in a run: the last lines, and a fingerprint of all. */
final class SimTrace {

    private static final int MOST_LINES = 400;

    private final Consumer<String> reader;
    private final Deque<String> last = new ArrayDeque<>();
    private long fingerprint = 0xcbf29ce484222325L;
    private long lines;

    private SimTrace(Consumer<String> reader) {
        this.reader = reader;
    }

    /** Keeps the last lines. */
    static SimTrace quiet() {
        return new SimTrace(line -> {});
    }

    /** Shows each line to somebody, too. */
    static SimTrace shownTo(Consumer<String> reader) {
        return new SimTrace(reader);
    }

    void add(long nowNanos, String what) {
        fingerprint = (fingerprint ^ nowNanos) * 0x100000001b3L;
        fingerprint = (fingerprint ^ what.hashCode()) * 0x100000001b3L;
        lines++;
        String line = seconds(nowNanos) + ' ' + what;
        if (last.size() == MOST_LINES) {
            last.removeFirst();
        }
        last.addLast(line);
        reader.accept(line);
    }

    /** Depends on every line and its time, and on nothing else. */
    long fingerprint() {
        return fingerprint;
    }

    long lines() {
        return lines;
    }

    /** The last lines, oldest first. */
    List<String> last(int most) {
        List<String> kept = List.copyOf(last);
        return kept.subList(Math.max(0, kept.size() - most), kept.size());
    }

    private static String seconds(long nanos) {
        long micros = nanos / 1_000;
        String fraction = Long.toString(micros % 1_000_000 + 1_000_000).substring(1);
        return micros / 1_000_000 + "." + fraction;
    }
}
