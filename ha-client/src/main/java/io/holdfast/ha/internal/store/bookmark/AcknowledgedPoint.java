package io.holdfast.ha.internal.store.bookmark;

import io.holdfast.client.message.Bookmark;
import java.util.HashSet;
import java.util.Set;

/**
 * What of one subscription is acknowledged: everything up to a point, in the order of receipt, and single messages beyond it.
 * Confined to its owner's lock.
 */
public final class AcknowledgedPoint {

    private final Bookmark origin;
    private final PublisherPositions passed;
    private final Set<Position> beyond;

    /** Nothing yet, of what comes from {@code origin} on. */
    public AcknowledgedPoint(Bookmark origin) {
        this(origin, new PublisherPositions(), new HashSet<>());
    }

    private AcknowledgedPoint(Bookmark origin, PublisherPositions passed, Set<Position> beyond) {
        this.origin = origin;
        this.passed = passed;
        this.beyond = beyond;
    }

    /** Where the subscription began. */
    public Bookmark origin() {
        return origin;
    }

    /** The contiguous point. */
    public PublisherPositions passed() {
        return passed;
    }

    /** Messages acknowledged beyond it, in no order. */
    public Set<Position> beyond() {
        return beyond;
    }

    /** Whether nothing was acknowledged ever. */
    public boolean isNew() {
        return passed.heard() == 0 && beyond.isEmpty();
    }

    /** A copy that goes its own way. */
    public AcknowledgedPoint copy() {
        return new AcknowledgedPoint(origin, passed.copy(), new HashSet<>(beyond));
    }

    void apply(Moves moves) {
        for (int i = 0; i < moves.size(); i++) {
            if (moves.isBeyond(i)) {
                beyond(moves.publisher(i), moves.sequence(i));
            } else {
                pass(moves.publisher(i), moves.sequence(i));
            }
        }
    }

    void pass(long publisher, long sequence) {
        passed.advance(publisher, sequence);
        if (!beyond.isEmpty()) {
            beyond.remove(new Position(publisher, sequence));
        }
    }

    void beyond(long publisher, long sequence) {
        beyond.add(new Position(publisher, sequence));
    }
}
