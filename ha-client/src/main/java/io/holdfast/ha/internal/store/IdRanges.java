package io.holdfast.ha.internal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of ids, kept as ranges: what is settled comes mostly in order, so there are few. Not thread-safe. */
final class IdRanges {

    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /**
     * Ids from one to another, both included.
     *
     * @param from the first
     * @param through the last
     */
    record Range(long from, long through) {}

    void add(long id) {
        add(id, id);
    }

    /** Adds a range; what overlaps it or touches it becomes one with it. */
    void add(long from, long through) {
        long first = from;
        long last = through;
        Map.Entry<Long, Long> before = ranges.floorEntry(from);
        if (before != null && before.getValue() >= from - 1) {
            first = before.getKey();
            last = Math.max(last, before.getValue());
        }
        Map.Entry<Long, Long> after = ranges.higherEntry(first);
        while (after != null && after.getKey() <= last + 1) {
            last = Math.max(last, after.getValue());
            ranges.remove(after.getKey());
            after = ranges.higherEntry(first);
        }
        ranges.put(first, last);
    }

    boolean contains(long id) {
        Map.Entry<Long, Long> range = ranges.floorEntry(id);
        return range != null && range.getValue() >= id;
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    void clear() {
        ranges.clear();
    }

    /** How many of the ids up to {@code id} are in it. */
    long countThrough(long id) {
        long count = 0;
        for (Map.Entry<Long, Long> range : ranges.headMap(id, true).entrySet()) {
            count += Math.min(id, range.getValue()) - range.getKey() + 1;
        }
        return count;
    }

    /** In ascending order. */
    List<Range> list() {
        List<Range> list = new ArrayList<>(ranges.size());
        ranges.forEach((from, through) -> list.add(new Range(from, through)));
        return list;
    }

    @Override
    public String toString() {
        return list().toString();
    }
}
