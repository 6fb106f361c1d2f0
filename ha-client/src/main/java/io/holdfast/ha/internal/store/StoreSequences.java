package io.holdfast.ha.internal.store;

import io.holdfast.client.publish.ForeignSequence.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Which sequences a store has used, up to which message it has written, and what sequences that come from brokers say about
 * that. {@link SequenceSource} does the arithmetic.
 *
 * <p>Confined to the lock of the store's owner.
 */
final class StoreSequences {

    /**
     * What is left out when numbers go on after a crash: more than could have been assigned by messages that a power failure
     * took from the end of the store. What the broker holds is no measure of those: another one may hold more.
     */
    private static final long CRASH_GAP = 1L << 20;

    private final SequenceSource numbers;
    private final VisitedServers servers;
    private long writtenThrough;
    private boolean crashed;

    /** What a log kept. */
    StoreSequences(LogState state) {
        numbers = new SequenceSource(state.tag(), state.epochs(), state.foreign());
        servers = new VisitedServers(state.servers());
        crashed = state.isWriting();
        writtenThrough = crashed ? state.lastId() : state.writtenThrough();
    }

    /** The highest id that may have been on a wire. */
    long writtenThrough() {
        return writtenThrough;
    }

    /** Whether a message may have been on a wire, and so has a sequence. */
    boolean isWritten(long id) {
        return id <= writtenThrough && !numbers.isFresh();
    }

    /**
     * The sequence of a message.
     *
     * @throws io.holdfast.client.error.SequenceExhaustedException if there are none left
     */
    long sequenceOf(long id) {
        return numbers.sequenceOf(id);
    }

    /** A message may be on the wire from now on. Returns what {@link #writtenThrough(long)} needs to take that back. */
    long aboutToWrite(long id) {
        long before = writtenThrough;
        writtenThrough = Math.max(before, id);
        return before;
    }

    /** Messages after this one were not written after all. */
    void writtenThrough(long id) {
        writtenThrough = id;
    }

    /**
     * A logon succeeded.
     *
     * @param firstUnsettled the first message that is not settled, or the next one
     * @param lastId the last message's
     * @return where {@code held} comes from if it is another's, who is still to be avoided; {@code null} if it is not
     * @throws io.holdfast.client.error.SequenceExhaustedException if there is no number above it; nothing has changed then
     */
    @Nullable
    Origin logon(String server, long held, long firstUnsettled, long lastId) {
        SequenceSource.Reading reading = numbers.read(held, writtenThrough);
        switch (reading) {
            case FRESH -> numbers.begin(firstUnsettled, lastId, held, 0);
            case TAIL_LOST -> numbers.begin(writtenThrough + 1, lastId, held, CRASH_GAP);
            case KNOWN -> {
                if (crashed) {
                    numbers.begin(writtenThrough + 1, lastId, 0, CRASH_GAP);
                }
            }
            case FOREIGN -> numbers.checkRoomAbove(held);
        }
        boolean foreign = reading == SequenceSource.Reading.FOREIGN;
        crashed &= foreign;
        numbers.prune(firstUnsettled);
        boolean wasHere = servers.visit(server);
        if (!foreign) {
            return null;
        }
        return wasHere ? Origin.PUBLISHED_SINCE : Origin.FIRST_VISIT;
    }

    /**
     * From a message on, sequences are above another's; it and later ones count as not written.
     *
     * @throws io.holdfast.client.error.SequenceExhaustedException if there are none; nothing has changed then
     */
    void avoid(long foreign, long firstId, long lastId) {
        numbers.begin(firstId, lastId, foreign, crashed ? CRASH_GAP : 0);
        crashed = false;
        writtenThrough = firstId - 1;
    }

    /** What an acknowledgement up to this sequence is about. */
    PublishStore.AckReading readAck(long sequence) {
        if (sequence == 0 || numbers.isFresh()) {
            return PublishStore.AckReading.NOTHING;
        }
        if (numbers.isOurs(sequence) && writtenThrough > 0 && numbers.idsThrough(sequence) <= writtenThrough) {
            return PublishStore.AckReading.OURS;
        }
        return switch (numbers.read(sequence, writtenThrough)) {
            case FOREIGN, TAIL_LOST -> PublishStore.AckReading.FOREIGN;
            case KNOWN, FRESH -> PublishStore.AckReading.NOTHING;
        };
    }

    /** The highest id that an acknowledgement up to this sequence of ours settles. */
    long confirmedBy(long sequence) {
        return Math.min(writtenThrough, numbers.idsThrough(sequence));
    }

    /** The id of the message that was written under this sequence; 0 if there is none. */
    long writtenAs(long sequence) {
        long id = numbers.isFresh() ? 0 : numbers.idOf(sequence);
        return id > writtenThrough ? 0 : id;
    }

    /** All of it, to be kept. */
    LogState state(long doubtThrough, long lastId, boolean writing) {
        return new LogState(
                numbers.tag(),
                numbers.epochs(),
                numbers.foreign(),
                doubtThrough,
                lastId,
                writtenThrough,
                writing,
                servers.list());
    }
}
