package io.holdfast.broker.internal.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The segments there are, oldest first, and which of them readers hold. Thread-safe; nothing is called while its lock is held but {@link Retention}'s rule. */
final class Segments {

    private final List<Segment> all = new ArrayList<>();

    /** Puts another one at the end; the one before it ends there. */
    synchronized void add(Segment segment) {
        if (!all.isEmpty()) {
            last().endsAt(segment.firstIndex());
        }
        all.add(segment);
    }

    synchronized boolean isEmpty() {
        return all.isEmpty();
    }

    /** The one that is written. */
    synchronized Segment last() {
        return all.get(all.size() - 1);
    }

    /** The first index kept. */
    synchronized long firstIndex() {
        return all.get(0).firstIndex();
    }

    synchronized List<Segment> snapshot() {
        return List.copyOf(all);
    }

    /** Holds the segment that has this index, or the first or last one if none has; {@link #letGo} it. */
    synchronized Segment hold(long index) {
        int place = all.size() - 1;
        while (place > 0 && all.get(place).firstIndex() > index) {
            place--;
        }
        Segment segment = all.get(place);
        segment.hold();
        return segment;
    }

    synchronized void letGo(Segment segment) {
        segment.letGo();
    }

    /** Holds a segment of a {@link #snapshot()}; false if it was dropped since. */
    synchronized boolean hold(Segment segment) {
        boolean there = all.contains(segment);
        if (there) {
            segment.hold();
        }
        return there;
    }

    /** Takes out the oldest one, if the rule says so and it is neither held by a reader nor the last. Its file is still there. */
    synchronized @Nullable Segment dropOldest(Predicate<Segment> rule) {
        boolean drops = all.size() > 1 && !all.get(0).isHeld() && rule.test(all.get(0));
        return drops ? all.remove(0) : null;
    }
}
