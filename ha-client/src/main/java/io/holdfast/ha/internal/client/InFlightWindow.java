package io.holdfast.ha.internal.client;

import org.jspecify.annotations.Nullable;

/**
 * The publishes sent and not yet confirmed, in the order of their sequences: a linked list whose links are the entries
 * themselves. What is taken out is a chain along {@link InFlight#next}, to be told outside the lock.
 *
 * <p>Confined to the {@link Publisher}'s lock.
 */
final class InFlightWindow {

    private @Nullable InFlight head;
    private @Nullable InFlight tail;
    private int size;

    int size() {
        return size;
    }

    /** The highest sequence such that it and all below are settled, given the highest that was assigned. */
    long settledThrough(long lastAssigned) {
        return head == null ? lastAssigned : head.sequence().value() - 1;
    }

    void add(InFlight entry) {
        if (tail == null) {
            head = entry;
        } else {
            tail.next = entry;
        }
        tail = entry;
        size++;
    }

    /** Takes out everything up to {@code sequence}. */
    @Nullable
    InFlight takeThrough(long sequence) {
        InFlight first = head;
        InFlight last = null;
        InFlight entry = head;
        while (entry != null && entry.sequence().value() <= sequence) {
            last = entry;
            entry = entry.next;
            size--;
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

    /** Takes out the one entry with this sequence: normally the first, since a failure follows a success up to it. */
    @Nullable
    InFlight take(long sequence) {
        InFlight before = null;
        InFlight entry = head;
        while (entry != null && entry.sequence().value() < sequence) {
            before = entry;
            entry = entry.next;
        }
        if (entry == null || entry.sequence().value() != sequence) {
            return null;
        }
        if (before == null) {
            head = entry.next;
        } else {
            before.next = entry.next;
        }
        if (entry.next == null) {
            tail = before;
        }
        entry.next = null;
        size--;
        return entry;
    }
}
