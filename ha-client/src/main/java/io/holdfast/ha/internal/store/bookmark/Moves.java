package io.holdfast.ha.internal.store.bookmark;

import java.util.Arrays;

/**
 * What one acknowledgement changes, in order: messages that the contiguous point passes, or a single one beyond it. Filled
 * by the ledger, applied by a store, reused. Confined to its owner's lock.
 */
public final class Moves {

    private static final int FIRST_CAPACITY = 16;
    private static final int MOST_KEPT = 4_096;

    private int size;
    private long[] publishers = new long[FIRST_CAPACITY];
    private long[] sequences = new long[FIRST_CAPACITY];
    private boolean[] beyond = new boolean[FIRST_CAPACITY];

    /** Everything up to and with this message is acknowledged. */
    public void pass(long publisher, long sequence) {
        add(publisher, sequence, false);
    }

    /** This message is acknowledged, and one before it is not. */
    public void beyond(long publisher, long sequence) {
        add(publisher, sequence, true);
    }

    private void add(long publisher, long sequence, boolean isBeyond) {
        if (size == publishers.length) {
            publishers = Arrays.copyOf(publishers, 2 * size);
            sequences = Arrays.copyOf(sequences, 2 * size);
            beyond = Arrays.copyOf(beyond, 2 * size);
        }
        publishers[size] = publisher;
        sequences[size] = sequence;
        beyond[size] = isBeyond;
        size++;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return size == 0;
    }

    long publisher(int index) {
        return publishers[index];
    }

    long sequence(int index) {
        return sequences[index];
    }

    boolean isBeyond(int index) {
        return beyond[index];
    }

    /** Empties it for the next acknowledgement. */
    public void clear() {
        size = 0;
        if (publishers.length > MOST_KEPT) {
            publishers = new long[FIRST_CAPACITY];
            sequences = new long[FIRST_CAPACITY];
            beyond = new boolean[FIRST_CAPACITY];
        }
    }
}
