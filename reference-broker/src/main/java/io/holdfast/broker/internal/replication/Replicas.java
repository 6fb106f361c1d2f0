package io.holdfast.broker.internal.replication;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What was received by replication: how far from each instance, and which records of the own log came that way, so that they are not
 * sent on. In memory: after a restart the other side sends everything again, and the duplicate rule discards what is held. Confined to
 * the broker's thread.
 */
public final class Replicas {

    private final long base;
    private final BitSet received = new BitSet();
    private final Map<String, Standing> standings = new HashMap<>();

    /** Nothing received; the own log ends at this index. */
    public Replicas(long lastIndex) {
        base = lastIndex;
    }

    /** How far this run of an instance has come here, as an index of its log; 0 for a run that is not known. */
    public long position(String instance, String run) {
        Standing standing = standings.get(instance);
        return standing != null && standing.run.equals(run) ? standing.index : 0;
    }

    /** What came from this run of an instance is durable here up to this index of its log. */
    void durable(String instance, String run, long index) {
        standings.put(instance, new Standing(run, index));
    }

    /** The record at this index of the own log was received. */
    void received(long index) {
        if (index > base && index - base < Integer.MAX_VALUE) {
            received.set((int) (index - base));
        }
    }

    /** Whether the record at this index of the own log was received, as far as this run of the broker knows. */
    boolean isReceived(long index) {
        return index > base && index - base < Integer.MAX_VALUE && received.get((int) (index - base));
    }

    private record Standing(String run, long index) {}
}
