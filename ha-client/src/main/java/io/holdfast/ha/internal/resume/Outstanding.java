package io.holdfast.ha.internal.resume;

import io.holdfast.ha.internal.store.bookmark.Moves;
import io.holdfast.ha.internal.store.bookmark.Position;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one subscription that were received and are not passed by the contiguous point, in the order of receipt; each has a
 * receipt, a number that only rises. Confined to its ledger's lock.
 *
 * <pre>
 *   passed   | head                               | next
 *   . . . .  | open  done  open  done  done  open |
 *              the point moves over "done" at the head
 * </pre>
 *
 * Bounded: once full, it takes no more for good, since a message it does not know could never be passed.
 */
final class Outstanding {

    private static final int FIRST_CAPACITY = 64;

    private final int most;
    private final @Nullable Map<Position, Long> byPosition;
    private long head = 1;
    private long next = 1;
    private boolean full;
    private long[] publishers = new long[FIRST_CAPACITY];
    private long[] sequences = new long[FIRST_CAPACITY];
    private boolean[] done = new boolean[FIRST_CAPACITY];

    /**
     * None outstanding.
     *
     * @param most how many there may be
     * @param findable whether they can be found by their positions
     */
    Outstanding(int most, boolean findable) {
        this.most = most;
        byPosition = findable ? new HashMap<>() : null;
    }

    /** How many there are. */
    int size() {
        return (int) (next - head);
    }

    /** Whether it has been full, and takes no more. */
    boolean isFull() {
        return full;
    }

    /** Enters a message behind all others; its receipt, or 0 if there is no room. */
    long add(long publisher, long sequence, boolean isDone) {
        if (full || size() == most) {
            full = true;
            return 0;
        }
        if (size() == publishers.length) {
            grow();
        }
        int at = at(next);
        publishers[at] = publisher;
        sequences[at] = sequence;
        done[at] = isDone;
        if (byPosition != null && !isDone) {
            byPosition.put(new Position(publisher, sequence), next);
        }
        return next++;
    }

    /** The receipt of an open message, 0 if it is not open. */
    long find(Position position) {
        Long receipt = byPosition == null ? null : byPosition.get(position);
        return receipt == null ? 0 : receipt;
    }

    /** Closes an open message, and says in {@code moves} what that changes; false if it is not open. */
    boolean close(long receipt, Moves moves) {
        if (receipt < head || receipt >= next || done[at(receipt)]) {
            return false;
        }
        int at = at(receipt);
        done[at] = true;
        if (byPosition != null) {
            byPosition.remove(new Position(publishers[at], sequences[at]));
        }
        if (receipt > head) {
            moves.beyond(publishers[at], sequences[at]);
        }
        while (head < next && done[at(head)]) {
            int passed = at(head);
            moves.pass(publishers[passed], sequences[passed]);
            head++;
        }
        return true;
    }

    /** The oldest that is open; {@code null} if none is. */
    @Nullable
    Position oldest() {
        return head == next ? null : new Position(publishers[at(head)], sequences[at(head)]);
    }

    private int at(long receipt) {
        return (int) receipt & (publishers.length - 1);
    }

    private void grow() {
        int capacity = publishers.length;
        long[] oldPublishers = publishers;
        long[] oldSequences = sequences;
        boolean[] oldDone = done;
        publishers = new long[2 * capacity];
        sequences = Arrays.copyOf(publishers, 2 * capacity);
        done = new boolean[2 * capacity];
        for (long receipt = head; receipt < next; receipt++) {
            int from = (int) receipt & (capacity - 1);
            publishers[at(receipt)] = oldPublishers[from];
            sequences[at(receipt)] = oldSequences[from];
            done[at(receipt)] = oldDone[from];
        }
    }
}
