package io.holdfast.broker.internal.publish;

import io.holdfast.broker.internal.journal.NameHash;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The highest publisher sequence of each client name. It outlives connections, and with a log on disk the broker: a name that comes
 * back is told where it stopped, and what it repeats is discarded (protocol text 3). Confined to the broker's thread.
 */
public final class PublisherSequences {

    private final int maxNames;
    private final Map<String, Publisher> publishers = new HashMap<>();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();

    /**
     * Starts from what the log recovered.
     *
     * @param maxNames the most names that sequences are kept for; those recovered are kept in any case
     * @param recovered the highest durable sequence of each name
     */
    public PublisherSequences(int maxNames, Map<String, Long> recovered) {
        this.maxNames = maxNames;
        recovered.forEach((name, sequence) -> {
            Publisher publisher = new Publisher(name);
            publisher.last = sequence;
            publisher.durable = sequence;
            publishers.put(name, publisher);
        });
    }

    /** The highest sequence taken from the name, 0 if none; it may not be durable yet. */
    public long last(String clientName) {
        Publisher publisher = publishers.get(clientName);
        return publisher == null ? 0 : publisher.last;
    }

    /** The highest sequence of the name that is durable, 0 if none: what a logon is told, as the client may forget up to it. */
    public long lastDurable(String clientName) {
        Publisher publisher = publishers.get(clientName);
        return publisher == null ? 0 : publisher.durable;
    }

    /** The bookmark of a message. */
    public String bookmark(String clientName, long sequence) {
        Publisher publisher = publishers.get(clientName);
        return (publisher == null ? NameHash.of(clientName) : publisher.hash) + "|" + sequence + "|";
    }

    /** Where a message is that is in the log and not durable yet, so that the log does not find it itself. */
    public OptionalLong findPending(String publisherHash, long sequence) {
        for (Pending next : pending) {
            if (next.sequence == sequence && next.publisher.hash.equals(publisherHash)) {
                return OptionalLong.of(next.index);
            }
        }
        return OptionalLong.empty();
    }

    boolean hasRoomFor(String clientName) {
        return publishers.size() < maxNames || publishers.containsKey(clientName);
    }

    /** Where the highest sequence of the name is in the log; 0 if it has been durable for long, or there is no log. */
    long indexOfLast(String clientName) {
        Publisher publisher = publishers.get(clientName);
        return publisher == null ? 0 : publisher.lastIndex;
    }

    /** Takes a sequence above the highest. The index is its place in the log, 0 without a log. */
    void take(String clientName, long sequence, long index) {
        Publisher publisher = publisher(clientName);
        publisher.last = sequence;
        publisher.lastIndex = index;
        if (index == 0) {
            publisher.durable = sequence;
        } else {
            pending.add(new Pending(publisher, sequence, index));
        }
    }

    /** The log is durable up to this index. */
    void durable(long index) {
        Pending next = pending.peek();
        while (next != null && next.index <= index) {
            next.publisher.durable = next.sequence;
            pending.remove();
            next = pending.peek();
        }
    }

    private Publisher publisher(String clientName) {
        @Nullable Publisher known = publishers.get(clientName);
        if (known == null) {
            known = new Publisher(clientName);
            publishers.put(clientName, known);
        }
        return known;
    }

    private static final class Publisher {
        private final String hash;
        private long last;
        private long lastIndex;
        private long durable;

        private Publisher(String name) {
            hash = NameHash.of(name);
        }
    }

    private record Pending(Publisher publisher, long sequence, long index) {}
}
