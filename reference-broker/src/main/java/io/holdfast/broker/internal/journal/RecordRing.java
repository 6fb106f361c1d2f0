package io.holdfast.broker.internal.journal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records with successive indexes, in memory: added at the end, dropped at the front, found by index at once. Grows with what it holds;
 * who holds it bounds it. Not thread-safe.
 */
public final class RecordRing {

    private static final int SMALLEST = 64;
    private static final int OVERHEAD_BYTES = 320;

    private @Nullable LogRecord[] slots = new @Nullable LogRecord[SMALLEST];
    private long first;
    private long last;
    private long bytes;

    /** An empty ring; the first record added has the index that follows this one. */
    public RecordRing(long lastIndex) {
        first = lastIndex + 1;
        last = lastIndex;
    }

    /** About what a record takes in memory, in bytes. */
    public static long bytes(LogRecord record) {
        return OVERHEAD_BYTES + record.body().length + 2L * record.topic().length();
    }

    /** Adds the record that follows. */
    public void add(LogRecord record) {
        if (record.index() != last + 1) {
            throw new IllegalArgumentException("record " + record.index() + " does not follow " + last);
        }
        if (last - first + 1 == slots.length) {
            grow();
        }
        last++;
        slots[slot(last)] = record;
        bytes += bytes(record);
    }

    /** The record at this index, or {@code null} if it is not here. */
    public @Nullable LogRecord get(long index) {
        return index < first || index > last ? null : slots[slot(index)];
    }

    /** Takes the oldest record out; {@code null} if there is none. */
    public @Nullable LogRecord removeFirst() {
        LogRecord oldest = get(first);
        if (oldest != null) {
            slots[slot(first)] = null;
            first++;
            bytes -= bytes(oldest);
        }
        return oldest;
    }

    /** The oldest index; {@link #last()} + 1 if it is empty. */
    public long first() {
        return first;
    }

    /** The newest index. */
    public long last() {
        return last;
    }

    /** How many there are. */
    public long size() {
        return last - first + 1;
    }

    /** About what it holds, in bytes. */
    public long bytes() {
        return bytes;
    }

    private int slot(long index) {
        return (int) (index & (slots.length - 1));
    }

    private void grow() {
        @Nullable LogRecord[] old = slots;
        slots = Arrays.copyOf(old, old.length * 2);
        Arrays.fill(slots, null);
        for (long i = first; i <= last; i++) {
            slots[slot(i)] = old[(int) (i & (old.length - 1))];
        }
    }
}
