package io.holdfast.broker.internal.journal;

import java.util.Arrays;

/**
 * Which sequences of which publishers are in a piece of the log, by the hash of the name: lowest and highest each. Knows a limited number of
 * publishers; past that it no longer excludes anything. Not thread-safe.
 */
final class PublisherRanges {

    private static final int FEW = 4;

    private final int most;
    private int count;
    private boolean full;
    private long[] hashes = new long[0];
    private long[] lowest = new long[0];
    private long[] highest = new long[0];

    /** Nothing yet, and at most so many publishers. */
    PublisherRanges(int most) {
        this.most = most;
    }

    /** Takes a record's. */
    void add(long hash, long sequence) {
        int place = Arrays.binarySearch(hashes, 0, count, hash);
        if (place >= 0) {
            lowest[place] = Math.min(lowest[place], sequence);
            highest[place] = Math.max(highest[place], sequence);
        } else if (count == most) {
            full = true;
        } else {
            insert(-place - 1, hash, sequence);
        }
    }

    /** Whether a record of this publisher with this sequence may be there. */
    boolean mayHold(long hash, long sequence) {
        int place = Arrays.binarySearch(hashes, 0, count, hash);
        return place >= 0 ? lowest[place] <= sequence && sequence <= highest[place] : full;
    }

    private void insert(int place, long hash, long sequence) {
        if (count == hashes.length) {
            int larger = Math.min(most, Math.max(FEW, 2 * count));
            hashes = Arrays.copyOf(hashes, larger);
            lowest = Arrays.copyOf(lowest, larger);
            highest = Arrays.copyOf(highest, larger);
        }
        put(hashes, place, hash);
        put(lowest, place, sequence);
        put(highest, place, sequence);
        count++;
    }

    private void put(long[] values, int place, long value) {
        System.arraycopy(values, place, values, place + 1, count - place);
        values[place] = value;
    }
}
