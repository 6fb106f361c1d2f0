package io.holdfast.ha.internal.client;

import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.PublishRefusedException;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.AckType;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What acknowledgements do: they take messages out of the store, tell their results, in order, on the connection's thread, and
 * let barriers pass that wait for them.
 */
final class PublishAcks {

    private static final Logger LOG = LoggerFactory.getLogger(PublishAcks.class);

    private final PublishLine line;
    private final FailedWrites failedWrites;
    private final AtomicLong unmatched = new AtomicLong();

    // confined to the line's lock
    private final Deque<PublishFlush> barriers = new ArrayDeque<>();
    /** Acks whose messages have left the store and are being told. */
    private int telling;
    /** Why nothing is confirmed any more; {@code null} while it may be. */
    private @Nullable MessagingException over;
    /** Whether something was not confirmed by then. */
    private boolean left;

    PublishAcks(PublishLine line, FailedWrites failedWrites) {
        this.line = line;
        this.failedWrites = failedWrites;
    }

    /**
     * An ack for publishes.
     *
     * @return the foreign sequence that it carries, 0 if it carries none
     */
    long onAck(Ack ack) {
        long sequence = ack.sequence().value();
        StoredPublish chain = null;
        boolean foreign = false;
        line.lock();
        try {
            if (!ack.isSuccess()) {
                chain = line.store().takeBySequence(sequence);
            } else if (ack.type() == AckType.PERSISTED) {
                PublishStore.AckReading reading = line.store().readAck(sequence);
                foreign = reading == PublishStore.AckReading.FOREIGN;
                chain = reading == PublishStore.AckReading.OURS ? line.store().confirm(sequence) : null;
            }
            if (chain != null) {
                telling++;
                line.roomChanged();
            }
        } finally {
            line.unlock();
        }
        if (chain == null) {
            unmatched(ack);
        } else {
            tell(chain, ack);
            told().forEach(PublishFlush::arrive);
        }
        return foreign ? sequence : 0;
    }

    private void unmatched(Ack ack) {
        unmatched.incrementAndGet();
        LOG.debug("no publish was settled by an ack sequence={} status={}", ack.sequence(), ack.status());
    }

    private void tell(StoredPublish chain, Ack ack) {
        if (!ack.isSuccess()) {
            failedWrites.failed(chain, new PublishRefusedException(chain.topic(), chain.sequence(), ack.rawReason()));
            return;
        }
        PublishStore store = line.store();
        StoredPublish entry = chain;
        while (entry != null) {
            StoredPublish next = entry.unlink();
            entry.durable();
            store.forget(entry);
            entry = next;
        }
    }

    /** Results were told; the barriers that waited for the last of them. */
    private List<PublishFlush> told() {
        line.lock();
        try {
            telling--;
            return settledBarriers();
        } finally {
            line.unlock();
        }
    }

    /** Messages left the store without an ack: barriers may pass. Without the lock. */
    void settledOtherwise() {
        List<PublishFlush> done;
        line.lock();
        try {
            done = settledBarriers();
        } finally {
            line.unlock();
        }
        done.forEach(PublishFlush::arrive);
    }

    /**
     * A barrier behind everything published so far; {@code null} if all of it is settled, and told. With the lock held.
     *
     * @throws MessagingException if something is left that nobody will confirm
     */
    @Nullable
    PublishFlush barrier() {
        MessagingException end = over;
        if (end != null && (left || line.store().open() > 0)) {
            throw end;
        }
        if (line.store().open() == 0 && telling == 0) {
            return null;
        }
        PublishFlush flush = new PublishFlush(line.store().lastId());
        barriers.add(flush);
        return flush;
    }

    /** Nobody waits for this barrier any more. */
    void forget(PublishFlush flush) {
        line.lock();
        try {
            barriers.remove(flush);
        } finally {
            line.unlock();
        }
    }

    /** Nothing is confirmed any more, for this reason; returns the barriers that would wait for it. With the lock held. */
    List<PublishFlush> over(MessagingException reason) {
        over = reason;
        left |= line.store().open() > 0;
        return takeBarriers();
    }

    /** All barriers, which are over. With the lock held. */
    List<PublishFlush> takeBarriers() {
        List<PublishFlush> all = new ArrayList<>(barriers);
        barriers.clear();
        return all;
    }

    /** Barriers stand in the order of their targets, so only the first ones are looked at. */
    private List<PublishFlush> settledBarriers() {
        if (barriers.isEmpty()) {
            return List.of();
        }
        long settled = line.store().settledThrough();
        List<PublishFlush> done = new ArrayList<>();
        while (!barriers.isEmpty() && barriers.getFirst().target() <= settled) {
            done.add(barriers.removeFirst());
        }
        return done;
    }

    /** Acks so far that settled nothing of ours. */
    long unmatched() {
        return unmatched.get();
    }
}
