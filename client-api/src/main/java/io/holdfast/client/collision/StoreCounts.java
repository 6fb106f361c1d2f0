package io.holdfast.client.collision;

/**
 * What the client's publish store holds at the time of a diagnosis.
 *
 * @param pending messages that the broker has not acknowledged
 * @param inDoubt those of them that it may have taken, or dropped as duplicates of another's
 */
public record StoreCounts(long pending, long inDoubt) {

    /** An empty store, or none. */
    public static final StoreCounts NONE = new StoreCounts(0, 0);
}
