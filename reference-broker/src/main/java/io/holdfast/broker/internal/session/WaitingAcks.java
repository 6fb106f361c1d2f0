package io.holdfast.broker.internal.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The sessions whose acks wait until the log is durable up to something. Confined to the broker's thread. */
public final class WaitingAcks {

    private final Set<PersistedAcks> waiting = new LinkedHashSet<>();
    private long durable;

    /** Nobody waits; the log is durable up to this index. */
    public WaitingAcks(long durable) {
        this.durable = durable;
    }

    /** How far the log is durable. */
    long durable() {
        return durable;
    }

    void add(PersistedAcks acks) {
        waiting.add(acks);
    }

    void remove(PersistedAcks acks) {
        waiting.remove(acks);
    }

    /** The log is durable up to this index: sends what that allows. */
    public void durable(long index) {
        durable = Math.max(durable, index);
        for (PersistedAcks acks : List.copyOf(waiting)) {
            if (acks.drain()) {
                waiting.remove(acks);
            }
        }
    }
}
