package io.holdfast.ha.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A broker's transaction log: one order of everything it accepted, the durable part of which survives a crash, and the
 * highest number per name, above which alone a publish is accepted.
 */
final class BrokerLog {

    private final List<LogEntry> entries = new ArrayList<>();
    private final Map<String, Long> highest = new TreeMap<>();
    private final Map<String, Long> highestDurable = new TreeMap<>();
    private final Map<String, Long> highestPersisted = new TreeMap<>();
    private final Map<String, Integer> places = new TreeMap<>();
    private int durable;
    private int persisted;

    /** Whether a publish of this number is above everything held under the name. */
    boolean isNew(String publisher, long sequence) {
        return sequence > highest(publisher);
    }

    void accept(LogEntry entry) {
        entries.add(entry);
        places.put(entry.bookmark(), entries.size());
        highest.merge(entry.publisher(), entry.sequence(), Math::max);
    }

    /** Only its number is remembered; for a broker that loses messages. */
    void acceptNumber(String publisher, long sequence) {
        highest.merge(publisher, sequence, Math::max);
        highestDurable.merge(publisher, sequence, Math::max);
    }

    long highest(String publisher) {
        return highest.getOrDefault(publisher, 0L);
    }

    /** The first so many entries are on disk. */
    void makeDurable(int count) {
        for (; durable < count; durable++) {
            LogEntry entry = entries.get(durable);
            highestDurable.merge(entry.publisher(), entry.sequence(), Math::max);
        }
    }

    /** The first so many entries are persisted, replicas included. */
    void makePersisted(int count) {
        for (; persisted < count; persisted++) {
            LogEntry entry = entries.get(persisted);
            highestPersisted.merge(entry.publisher(), entry.sequence(), Math::max);
        }
    }

    /** The highest persisted number under the name. */
    long highestPersisted(String publisher) {
        return highestPersisted.getOrDefault(publisher, 0L);
    }

    int durable() {
        return durable;
    }

    int size() {
        return entries.size();
    }

    LogEntry get(int index) {
        return entries.get(index);
    }

    List<LogEntry> durableEntries() {
        return List.copyOf(entries.subList(0, durable));
    }

    /** A crash takes what was not durable. Returns it. */
    List<LogEntry> crash() {
        List<LogEntry> tail = entries.subList(durable, entries.size());
        List<LogEntry> lost = List.copyOf(tail);
        tail.clear();
        lost.forEach(entry -> places.remove(entry.bookmark()));
        highest.clear();
        highest.putAll(highestDurable);
        return lost;
    }

    /**
     * The index that a replay from these bookmarks begins at: the earliest of the list, an unknown one standing for
     * {@code notFound}.
     */
    int start(String bookmarks, int notFound) {
        int start = Integer.MAX_VALUE;
        for (String bookmark : bookmarks.split(",", -1)) {
            start = Math.min(start, single(bookmark.trim(), notFound));
        }
        return start;
    }

    private int single(String bookmark, int notFound) {
        if (bookmark.equals("0")) {
            return 0;
        }
        if (bookmark.equals("0|1|")) {
            return entries.size();
        }
        return places.getOrDefault(bookmark, notFound);
    }
}
