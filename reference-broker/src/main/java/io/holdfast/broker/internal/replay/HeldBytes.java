package io.holdfast.broker.internal.replay;

/** What all replays hold of the log in memory, in batches that their connections have no room for yet. Confined to the broker's thread. */
final class HeldBytes {

    private static final long MOST_BYTES = 32L << 20;

    private long bytes;

    void add(long change) {
        bytes += change;
    }

    /** Whether a replay that cannot go on has to let go of its batch, and to read it again later. */
    boolean isTooMuch() {
        return bytes > MOST_BYTES;
    }
}
