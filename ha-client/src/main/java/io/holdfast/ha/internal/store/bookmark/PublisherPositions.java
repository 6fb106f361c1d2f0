package io.holdfast.ha.internal.store.bookmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far each publisher has come on one way of messages (received, or acknowledged): its highest sequence, and when it was last
 * heard, counted in messages.
 *
 * <p>A publisher's sequences only rise within one log, so that "at or below the highest" means "had before", exactly. At most
 * {@value #MOST_PUBLISHERS} publishers: a further one takes the place of the one heard longest ago. A hash table over arrays with
 * the order of hearing threaded through it; in a steady state nothing is allocated. Confined to its owner's lock.
 */
public final class PublisherPositions {

    /** The most publishers remembered. */
    public static final int MOST_PUBLISHERS = 65_536;

    /** Every so many messages a position is kept, to go back to: see {@link #margin()}. */
    static final int MARGIN_STEP = 5_000;

    private static final int NONE = -1;
    private static final int FIRST_CAPACITY = 8;

    private long heard;
    private int size;
    private long[] publishers = new long[FIRST_CAPACITY];
    private long[] sequences = new long[FIRST_CAPACITY];
    private long[] heardAt = new long[FIRST_CAPACITY];
    private int[] older = new int[FIRST_CAPACITY];
    private int[] newer = new int[FIRST_CAPACITY];
    private int[] table = emptyTable(FIRST_CAPACITY);
    private int oldest = NONE;
    private int newest = NONE;
    private @Nullable Position margin;
    private @Nullable Position nextMargin;

    /**
     * One publisher.
     *
     * @param position its last message
     * @param heardAt the number of that message among all, from 1 on
     */
    public record Heard(Position position, long heardAt) {}

    /** How many messages there were. */
    public long heard() {
        return heard;
    }

    /** How many publishers are remembered. */
    public int size() {
        return size;
    }

    /** The highest sequence of a publisher, 0 if it is not remembered. */
    public long highest(long publisher) {
        int at = table[slot(publisher)];
        return at == NONE ? 0 : sequences[at];
    }

    /** One message more. A sequence below the highest counts as heard and moves nothing back. */
    public void advance(long publisher, long sequence) {
        heard++;
        put(publisher, sequence, heard);
        if (heard % MARGIN_STEP == 0) {
            margin = nextMargin;
            nextMargin = new Position(publisher, sequence);
        }
    }

    /** The latest message's position; {@code null} before the first. */
    public @Nullable Position last() {
        return newest == NONE ? null : new Position(publishers[newest], sequences[newest]);
    }

    /**
     * A position heard {@value #MARGIN_STEP} to twice as many messages ago, from which to go on where another order may hold;
     * {@code null} if there were fewer.
     */
    public @Nullable Position margin() {
        return margin;
    }

    /** The position that becomes the next margin. */
    @Nullable
    Position nextMargin() {
        return nextMargin;
    }

    /** Those heard within the last {@code messages} messages, the one heard longest ago first. */
    public List<Heard> heardWithin(long messages) {
        List<Heard> found = new ArrayList<>();
        int at = newest;
        while (at != NONE && heardAt[at] > heard - messages) {
            found.add(new Heard(new Position(publishers[at], sequences[at]), heardAt[at]));
            at = older[at];
        }
        Collections.reverse(found);
        return found;
    }

    /** All, the one heard longest ago first. */
    List<Heard> all() {
        return heardWithin(Long.MAX_VALUE / 2);
    }

    /** Puts one back as it was saved; to be called in the order of {@link #all()}. */
    void restore(Heard saved) {
        put(saved.position().publisher(), saved.position().sequence(), saved.heardAt());
        heard = Math.max(heard, saved.heardAt());
    }

    /** Puts the rest back as it was saved. */
    void restore(long total, @Nullable Position savedMargin, @Nullable Position savedNext) {
        heard = total;
        margin = savedMargin;
        nextMargin = savedNext;
    }

    /** A copy that goes its own way. */
    public PublisherPositions copy() {
        PublisherPositions copy = new PublisherPositions();
        all().forEach(copy::restore);
        copy.restore(heard, margin, nextMargin);
        return copy;
    }

    private void put(long publisher, long sequence, long at) {
        int index = table[slot(publisher)];
        if (index == NONE) {
            index = size < MOST_PUBLISHERS ? add() : reuseOldest();
            publishers[index] = publisher;
            sequences[index] = sequence;
            table[slot(publisher)] = index;
        } else {
            unlink(index);
            sequences[index] = Math.max(sequences[index], sequence);
        }
        heardAt[index] = at;
        linkNewest(index);
    }

    private int add() {
        if (size == publishers.length) {
            int capacity = 2 * size;
            publishers = Arrays.copyOf(publishers, capacity);
            sequences = Arrays.copyOf(sequences, capacity);
            heardAt = Arrays.copyOf(heardAt, capacity);
            older = Arrays.copyOf(older, capacity);
            newer = Arrays.copyOf(newer, capacity);
            rehash(capacity);
        }
        return size++;
    }

    private int reuseOldest() {
        int index = oldest;
        int hole = slot(publishers[index]);
        unlink(index);
        free(hole);
        return index;
    }

    private void rehash(int capacity) {
        table = emptyTable(capacity);
        for (int i = 0; i < size; i++) {
            table[slot(publishers[i])] = i;
        }
    }

    /** Linear probing: what stands behind the one that goes is put anew. */
    private void free(int hole) {
        int mask = table.length - 1;
        table[hole] = NONE;
        int at = (hole + 1) & mask;
        while (table[at] != NONE) {
            int moved = table[at];
            table[at] = NONE;
            table[slot(publishers[moved])] = moved;
            at = (at + 1) & mask;
        }
    }

    private int slot(long publisher) {
        int mask = table.length - 1;
        int at = (int) ((publisher * 0x9E3779B97F4A7C15L) >>> 33) & mask;
        while (table[at] != NONE && publishers[table[at]] != publisher) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void unlink(int index) {
        int before = older[index];
        int after = newer[index];
        if (before == NONE) {
            oldest = after;
        } else {
            newer[before] = after;
        }
        if (after == NONE) {
            newest = before;
        } else {
            older[after] = before;
        }
    }

    private void linkNewest(int index) {
        older[index] = newest;
        newer[index] = NONE;
        if (newest == NONE) {
            oldest = index;
        } else {
            newer[newest] = index;
        }
        newest = index;
    }

    private static int[] emptyTable(int capacity) {
        int[] table = new int[4 * capacity];
        Arrays.fill(table, NONE);
        return table;
    }
}
