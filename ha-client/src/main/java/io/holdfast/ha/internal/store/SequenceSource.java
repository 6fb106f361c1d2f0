package io.holdfast.ha.internal.store;

import io.holdfast.client.error.SequenceExhaustedException;
import io.holdfast.client.message.SequenceNumber;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which sequence number a message has on the wire, and what a number from the wire means.
 *
 * <pre>
 * sequence = (base + id - firstId) &lt;&lt; 10 | tag        firstId and base: of the last epoch with firstId &lt;= id
 * </pre>
 *
 * An epoch begins when numbers can not simply go on: at the first logon, and above a number that is not from here. Its base is
 * above everything assigned before and above that number, so that the broker takes what is written under it. The tag, ten
 * random bits for the life of the store, tells our numbers from those of others.
 *
 * <p>Arithmetic and a short list, no I/O; confined to the lock of its owner.
 */
final class SequenceSource {

    /** How many values a tag has. */
    static final int TAGS = 1 << 10;

    private static final int TAG_BITS = 10;
    private static final long TAG_MASK = TAGS - 1;
    private static final long MOST_NUMBER = Long.MAX_VALUE >> TAG_BITS;

    /** What an epoch must have room for: a million messages a second for almost two weeks. */
    private static final long LEAST_ROOM = 1L << 40;

    private final int tag;
    private final List<Epoch> epochs;
    private long foreign;

    /**
     * A source that goes on from what was kept.
     *
     * @param tag 0..1023
     * @param epochs in the order of both components; empty for a store that never wrote anything
     * @param foreign the highest number of another's that is known, 0 for none
     */
    SequenceSource(int tag, List<Epoch> epochs, long foreign) {
        this.tag = tag;
        this.epochs = new ArrayList<>(epochs);
        this.foreign = foreign;
    }

    /**
     * From an id on, numbers from a base on.
     *
     * @param firstId the first id in it
     * @param base its number, without the tag
     */
    record Epoch(long firstId, long base) {}

    /** What the highest number that a broker holds for our name says. */
    enum Reading {
        /** Nothing new: it is ours, or known, or there is none. */
        KNOWN,
        /** This store has not written yet: whatever it is, we begin above it. */
        FRESH,
        /** It is ours, but above all that we know of: a power failure took the store's tail. */
        TAIL_LOST,
        /** Somebody else's. */
        FOREIGN
    }

    int tag() {
        return tag;
    }

    List<Epoch> epochs() {
        return List.copyOf(epochs);
    }

    /** The highest number of another's that is known, 0 for none. */
    long foreign() {
        return foreign;
    }

    /** Whether there is no epoch yet. */
    boolean isFresh() {
        return epochs.isEmpty();
    }

    /**
     * The sequence of a message.
     *
     * @throws SequenceExhaustedException if there are no numbers left
     */
    long sequenceOf(long id) {
        for (int i = epochs.size() - 1; i >= 0; i--) {
            Epoch epoch = epochs.get(i);
            if (epoch.firstId <= id) {
                long number = epoch.base + (id - epoch.firstId);
                if (number > MOST_NUMBER) {
                    throw new SequenceExhaustedException(SequenceNumber.of(Long.MAX_VALUE));
                }
                return number << TAG_BITS | tag;
            }
        }
        throw new IllegalStateException("id " + id + " has no epoch yet");
    }

    boolean isOurs(long sequence) {
        return (sequence & TAG_MASK) == tag;
    }

    /** The highest of our ids whose number is at or below this sequence; 0 if there is none. */
    long idsThrough(long sequence) {
        long number = sequence >> TAG_BITS;
        long bound = Long.MAX_VALUE;
        for (int i = epochs.size() - 1; i >= 0; i--) {
            Epoch epoch = epochs.get(i);
            if (epoch.base <= number) {
                return Math.min(bound, epoch.firstId + (number - epoch.base));
            }
            bound = epoch.firstId - 1;
        }
        return 0;
    }

    /** The id that has exactly this sequence, as far as the epochs tell; 0 if none can have it. */
    long idOf(long sequence) {
        long id = isOurs(sequence) ? idsThrough(sequence) : 0;
        return id > 0 && sequenceOf(id) == sequence ? id : 0;
    }

    /**
     * What it means that a broker holds this number for our name.
     *
     * @param writtenThrough the highest id that was ever written
     */
    Reading read(long sequence, long writtenThrough) {
        if (epochs.isEmpty()) {
            return Reading.FRESH;
        }
        if (sequence == 0) {
            return Reading.KNOWN;
        }
        if (isOurs(sequence)) {
            return sequence >> TAG_BITS > highest(writtenThrough) ? Reading.TAIL_LOST : Reading.KNOWN;
        }
        return sequence <= foreign ? Reading.KNOWN : Reading.FOREIGN;
    }

    /**
     * Begins an epoch above everything assigned and above this sequence.
     *
     * @param firstId the first message in it; epochs from there on are replaced
     * @param lastId the last message's
     * @param above a sequence that the broker holds, ours or not; 0 for none
     * @param gap numbers to leave out
     * @throws SequenceExhaustedException if that leaves no room; nothing has changed then
     */
    void begin(long firstId, long lastId, long above, long gap) {
        checkRoomAbove(above);
        long highest = Math.max(highest(lastId), above >> TAG_BITS) + gap;
        if (highest > MOST_NUMBER - LEAST_ROOM) {
            throw new SequenceExhaustedException(SequenceNumber.of(above));
        }
        if (!isOurs(above)) {
            foreign = Math.max(foreign, above);
        }
        epochs.removeIf(epoch -> epoch.firstId >= firstId);
        epochs.add(new Epoch(firstId, highest + 1));
    }

    /**
     * Checks that an epoch may begin above a sequence.
     *
     * @throws SequenceExhaustedException if that would leave no room
     */
    void checkRoomAbove(long sequence) {
        if (sequence >> TAG_BITS > MOST_NUMBER - LEAST_ROOM) {
            throw new SequenceExhaustedException(SequenceNumber.of(sequence));
        }
    }

    /** Forgets the epochs of which no message is left from {@code firstUnsettled} on. */
    void prune(long firstUnsettled) {
        while (epochs.size() > 1 && epochs.get(1).firstId <= firstUnsettled) {
            epochs.remove(0);
        }
    }

    /** The highest number that may have been assigned, without the tag. */
    private long highest(long lastId) {
        if (epochs.isEmpty()) {
            return 0;
        }
        Epoch last = epochs.get(epochs.size() - 1);
        return Math.max(last.base - 1, last.base + (lastId - last.firstId));
    }
}
