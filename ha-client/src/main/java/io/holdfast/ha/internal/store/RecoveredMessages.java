package io.holdfast.ha.internal.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * What the records of a log add up to, read newest file first: the state, what is settled, and the messages that are not. One
 * use, one thread.
 */
final class RecoveredMessages {

    private final LongUnaryOperator millisToNanos;
    private final IdRanges settled = new IdRanges();
    private final TreeMap<Long, StoredPublish> messages = new TreeMap<>();
    private LogState state = LogState.fresh(0);
    private PublishRecords.Forced forced = PublishRecords.Forced.NOTHING;

    /**
     * Nothing yet.
     *
     * @param millisToNanos turns a time on the wall into one on the monotonic clock
     */
    RecoveredMessages(LongUnaryOperator millisToNanos) {
        this.millisToNanos = millisToNanos;
    }

    IdRanges settled() {
        return settled;
    }

    LogState state() {
        return state;
    }

    /** How much was on the disk for certain when the last record was written. */
    PublishRecords.Forced forced() {
        return forced;
    }

    /** What is not settled, in order. */
    List<StoredPublish> messages() {
        return List.copyOf(messages.values());
    }

    /** A file that cannot be used for the loss of its beginning holds this record. */
    void lost(ByteBuffer record) {
        record.position(record.position() + PublishRecords.PRELUDE);
        forced = forced.or(PublishRecords.readForced(record));
    }

    /** A file begins so. */
    void begins(PublishRecords.Header header) {
        forced = forced.or(header.forced());
    }

    /** The newest file begins so. */
    void begin(PublishRecords.Header header) {
        state = header.state();
        header.settled().forEach(range -> settled.add(range.from(), range.through()));
    }

    /**
     * The next record of a file.
     *
     * @param place where it is
     * @param newest whether the file is the newest, whose records alone change what is known beside the messages
     */
    void add(long place, ByteBuffer record, boolean newest) {
        byte kind = record.get(record.position() + 8);
        if (kind == PublishRecords.FILLER) {
            return;
        }
        record.position(record.position() + PublishRecords.PRELUDE);
        forced = forced.or(PublishRecords.readForced(record));
        if (kind == PublishRecords.PUBLISH) {
            add(place, PublishRecords.readPublish(record), newest);
        } else if (newest && kind == PublishRecords.SETTLED) {
            IdRanges.Range range = PublishRecords.readSettled(record);
            settled.add(range.from(), range.through());
            messages.subMap(range.from(), true, range.through(), true).clear();
        } else if (newest && kind == PublishRecords.STATE) {
            long lastId = state.lastId();
            state = PublishRecords.readState(record);
            state = state.withLastId(Math.max(lastId, state.lastId()));
        }
    }

    private void add(long place, PublishRecords.Publish found, boolean newest) {
        if (newest) {
            state = state.withLastId(Math.max(state.lastId(), found.id()));
            if (found.replaces() > 0) {
                settled.add(found.replaces());
                messages.remove(found.replaces());
            }
        }
        if (settled.contains(found.id())) {
            return;
        }
        StoredPublish entry = new StoredPublish(
                found.request().topic(),
                found.request().options(),
                found.request().payload().length());
        entry.id(found.id());
        entry.place = place;
        entry.storedAtNanos = millisToNanos.applyAsLong(found.storedAtMillis());
        messages.put(found.id(), entry);
    }

    /** All is read. */
    void end() {
        messages.keySet().removeIf(settled::contains);
        state = state.withLastId(Math.max(state.lastId(), forced.id()));
    }

    /** How many ids up to this one are neither settled nor there. */
    long missingThrough(long id) {
        return id - settled.countThrough(id) - messages.headMap(id, true).size();
    }

    /** Gives up what is missing. Returns it, as it is to be noted: another power failure must not be blamed for it. */
    IdRanges settleMissing() {
        IdRanges known = new IdRanges();
        settled.list().forEach(range -> known.add(range.from(), range.through()));
        messages.keySet().forEach(known::add);
        IdRanges missing = new IdRanges();
        long next = 1;
        for (IdRanges.Range range : known.list()) {
            addUnlessEmpty(missing, next, range.from() - 1);
            next = range.through() + 1;
        }
        addUnlessEmpty(missing, next, state.lastId());
        missing.list().forEach(range -> settled.add(range.from(), range.through()));
        return missing;
    }

    private static void addUnlessEmpty(IdRanges ranges, long from, long through) {
        if (from <= through) {
            ranges.add(from, through);
        }
    }
}
