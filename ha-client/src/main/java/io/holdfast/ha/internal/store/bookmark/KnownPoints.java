package io.holdfast.ha.internal.store.bookmark;

import io.holdfast.client.message.Bookmark;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The points by subscription id, the one used longest ago first; the memory of every store. Each id has a number that stays its
 * own, for the file. Confined to its store's lock.
 */
final class KnownPoints {

    private final Map<String, Owned> byId = new LinkedHashMap<>(16, 0.75f, true);
    private final Consumer<String> forgotten;
    private int lastNumber;

    KnownPoints(Consumer<String> forgotten) {
        this.forgotten = forgotten;
    }

    /** An id's point in the hands of its current holder. */
    static final class Owned {

        private final int number;
        private AcknowledgedPoint point;
        private boolean current = true;

        private Owned(int number, AcknowledgedPoint point) {
            this.number = number;
            this.point = point;
        }

        int number() {
            return number;
        }

        AcknowledgedPoint point() {
            return point;
        }

        /** Forgets what was acknowledged. */
        void startOver(Bookmark origin) {
            point = new AcknowledgedPoint(origin);
        }

        /** Whether nobody has taken the id over. */
        boolean isCurrent() {
            return current;
        }
    }

    boolean knows(String id) {
        return byId.containsKey(id);
    }

    /**
     * A new holder for an id; the one before is current no more.
     *
     * @param startOver as in {@link BookmarkStore#open}
     */
    Owned takeOver(String id, @Nullable Bookmark startOver) {
        Owned before = byId.get(id);
        Owned owned;
        if (before == null) {
            owned = new Owned(++lastNumber, new AcknowledgedPoint(Bookmark.EPOCH));
            makeRoom();
        } else {
            before.current = false;
            owned = new Owned(before.number, before.point);
        }
        if (startOver != null) {
            owned.startOver(startOver);
        }
        byId.put(id, owned);
        return owned;
    }

    private void makeRoom() {
        if (byId.size() < BookmarkStore.MOST_SUBSCRIPTIONS) {
            return;
        }
        Iterator<Map.Entry<String, Owned>> oldestFirst = byId.entrySet().iterator();
        Map.Entry<String, Owned> oldest = oldestFirst.next();
        oldest.getValue().current = false;
        oldestFirst.remove();
        forgotten.accept(oldest.getKey());
    }

    /** An id as a file names it. */
    Owned restore(String id, int number) {
        Owned owned = new Owned(number, new AcknowledgedPoint(Bookmark.EPOCH));
        lastNumber = Math.max(lastNumber, number);
        byId.put(id, owned);
        return owned;
    }

    /** Each id with its point, the one used longest ago first. */
    void forEach(BiConsumer<String, Owned> action) {
        byId.forEach(action);
    }
}
