package io.holdfast.ha.internal.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The publishes that are not settled, in the order of their ids: a linked list whose links are the entries themselves, with
 * a cursor at the first that has yet to be written. What is taken out is a chain along {@link StoredPublish#next()}, to be
 * told outside the lock.
 *
 * <pre>
 * head --&gt; written --&gt; written --&gt; cursor: not written on this connection --&gt; ... --&gt; tail
 * </pre>
 *
 * <p>Confined to the lock of its owner.
 */
final class PublishWindow {

    private @Nullable StoredPublish head;
    private @Nullable StoredPublish tail;
    private @Nullable StoredPublish cursor;
    private int size;
    private int beforeCursor;
    private long bytes;

    int size() {
        return size;
    }

    /** What the entries take of the store's bound. */
    long bytes() {
        return bytes;
    }

    /** How many stand before the cursor. */
    int beforeCursor() {
        return beforeCursor;
    }

    @Nullable
    StoredPublish head() {
        return head;
    }

    /** The first that is not written on this connection. */
    @Nullable
    StoredPublish cursor() {
        return cursor;
    }

    /** The highest id such that it and all below are settled, given the highest there is. */
    long settledThrough(long lastId) {
        return head == null ? lastId : head.id() - 1;
    }

    /** Adds at the end. */
    void add(StoredPublish entry) {
        if (tail == null) {
            head = entry;
        } else {
            tail.next = entry;
        }
        tail = entry;
        size++;
        bytes += entry.bytes();
        if (cursor == null) {
            cursor = entry;
        }
    }

    /** The entry at the cursor was written. */
    void advance() {
        if (cursor != null) {
            cursor = cursor.next;
            beforeCursor++;
        }
    }

    /** All are to be written again, on another connection. */
    void rewind() {
        cursor = head;
        beforeCursor = 0;
    }

    /** Takes out everything up to {@code id}. */
    @Nullable
    StoredPublish takeThrough(long id) {
        StoredPublish first = head;
        StoredPublish last = null;
        StoredPublish entry = head;
        while (entry != null && entry.id() <= id) {
            takenOut(entry);
            last = entry;
            entry = entry.next;
        }
        if (last == null) {
            return null;
        }
        last.next = null;
        head = entry;
        if (entry == null) {
            tail = null;
        }
        return first;
    }

    /** Takes out the one entry with this id: normally the first, since a failure follows a success up to it. */
    @Nullable
    StoredPublish take(long id) {
        StoredPublish before = null;
        StoredPublish entry = head;
        while (entry != null && entry.id() < id) {
            before = entry;
            entry = entry.next;
        }
        if (entry == null || entry.id() != id) {
            return null;
        }
        takenOut(entry);
        if (before == null) {
            head = entry.next;
        } else {
            before.next = entry.next;
        }
        if (entry.next == null) {
            tail = before;
        }
        entry.next = null;
        return entry;
    }

    private void takenOut(StoredPublish entry) {
        size--;
        bytes -= entry.bytes();
        if (cursor == entry) {
            cursor = entry.next;
        } else if (cursor == null || entry.id() < cursor.id()) {
            beforeCursor--;
        }
    }

    /** Puts an entry in its place. */
    void insert(StoredPublish entry) {
        if (tail == null || tail.id() < entry.id()) {
            add(entry);
            return;
        }
        StoredPublish before = null;
        StoredPublish after = head;
        while (after != null && after.id() < entry.id()) {
            before = after;
            after = after.next;
        }
        entry.next = after;
        if (before == null) {
            head = entry;
        } else {
            before.next = entry;
        }
        size++;
        bytes += entry.bytes();
        if (cursor == after) {
            cursor = entry;
        } else if (cursor == null || entry.id() < cursor.id()) {
            beforeCursor++;
        }
    }

    /** The entry with this id, which stays. */
    @Nullable
    StoredPublish find(long id) {
        StoredPublish entry = head;
        while (entry != null && entry.id() < id) {
            entry = entry.next;
        }
        return entry != null && entry.id() == id ? entry : null;
    }

    /** From the cursor on, at most so many, and so many bytes but one entry; they stay. */
    List<StoredPublish> fromCursor(int most, long mostBytes) {
        List<StoredPublish> entries = new ArrayList<>();
        long taken = 0;
        StoredPublish entry = cursor;
        while (entry != null && entries.size() < most && taken < mostBytes) {
            entries.add(entry);
            taken += entry.bytes();
            entry = entry.next;
        }
        return entries;
    }

    /** The ids of all, in order. */
    List<Long> ids() {
        List<Long> ids = new ArrayList<>(size);
        for (StoredPublish entry = head; entry != null; entry = entry.next) {
            ids.add(entry.id());
        }
        return ids;
    }
}
