package io.holdfast.broker.internal.publish;

import java.util.HashMap;
import java.util.Map;

/**
 * The highest publisher sequence of each client name, in memory. It outlives connections: a name that comes back is told where it
 * stopped, and what it repeats is discarded (protocol text 3). Confined to the broker's thread.
 */
public final class PublisherSequences {

    private final int maxNames;
    private final Map<String, Long> highest = new HashMap<>();

    /** No name known, and no more than this many ever. */
    public PublisherSequences(int maxNames) {
        this.maxNames = maxNames;
    }

    /** The highest sequence held for the name, 0 if none. */
    public long last(String clientName) {
        return highest.getOrDefault(clientName, 0L);
    }

    boolean hasRoomFor(String clientName) {
        return highest.size() < maxNames || highest.containsKey(clientName);
    }

    /** Takes a sequence; false if it is not above the highest, so a duplicate. */
    boolean accept(String clientName, long sequence) {
        if (sequence <= last(clientName)) {
            return false;
        }
        highest.put(clientName, sequence);
        return true;
    }
}
