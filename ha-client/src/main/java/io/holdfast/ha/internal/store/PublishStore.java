package io.holdfast.ha.internal.store;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.error.SequenceExhaustedException;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.publish.ForeignSequence.Origin;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishStoreStatus;
import io.holdfast.client.spi.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What was published and is not settled, in order, with its bounds and its numbers; the messages themselves are in a
 * {@link PublishLog}.
 *
 * <pre>
 * append --&gt; window: waits --wrote--&gt; written --confirm, take--&gt; out --forget--&gt; gone from the log
 *                                       |
 *                                       +--foreign, HOLD--&gt; in doubt --take, resend--&gt; ...
 * </pre>
 *
 * <p>It knows no connection. Confined to the lock of its owner, but for {@link #read} and {@link #awaitDurable}, which may
 * wait for a disk and are called without.
 */
public final class PublishStore {

    private final PublishLog log;
    private final Clock clock;
    private final StoreSequences sequences;
    private final StoreBounds bounds;
    private final PublishWindow window = new PublishWindow();
    private final PublishWindow doubtful = new PublishWindow();
    private long lastId;
    private long doubtThrough;
    private boolean writing;

    /** A store over an opened log. */
    PublishStore(PublishLog log, int maxMessages, long maxBytes, Clock clock) {
        this.log = log;
        this.clock = clock;
        PublishLog.Found found = log.found();
        LogState state = found.state();
        sequences = new StoreSequences(state);
        bounds = new StoreBounds(maxMessages, maxBytes, window, doubtful);
        lastId = state.lastId();
        doubtThrough = state.doubtThrough();
        for (StoredPublish entry : found.messages()) {
            (entry.id() <= doubtThrough ? doubtful : window).add(entry);
            if (entry.id() > doubtThrough && sequences.isWritten(entry.id())) {
                entry.sequence(sequences.sequenceOf(entry.id()));
            }
        }
    }

    /** Whether messages can be written again, so that they outlive a connection. */
    public boolean keepsMessages() {
        return log.keepsMessages();
    }

    /** Whether it is on a disk: outlives the process, and {@link #read} and {@link #awaitDurable} may have to wait. */
    public boolean isOnDisk() {
        return log.isOnDisk();
    }

    /** The highest id given. */
    public long lastId() {
        return lastId;
    }

    /** How many are not settled, those in doubt included. */
    public int size() {
        return bounds.messages();
    }

    /** How many are to be settled by acknowledgements: those in doubt are not. */
    public int open() {
        return window.size();
    }

    /** How many were written on this connection and are not settled. */
    public int unacknowledged() {
        return window.beforeCursor();
    }

    /** The highest id such that it and all below are settled or in doubt. */
    public long settledThrough() {
        return window.settledThrough(lastId);
    }

    /** What it may hold. */
    public StoreBounds bounds() {
        return bounds;
    }

    /** Whether another message finds room; into an empty store any does. */
    public boolean hasRoomFor(PublishRequest request) {
        return bounds.haveRoomFor(request);
    }

    /** Whether the count, not the bytes, is what leaves no room. */
    public boolean isFullByCount() {
        return size() >= bounds.maxMessages();
    }

    /**
     * Adds a message at the end, whatever the bounds.
     *
     * @throws StoreException if it cannot be kept; nothing has changed then
     */
    public StoredPublish append(PublishRequest request) {
        StoredPublish entry = new StoredPublish(
                request.topic(), request.options(), request.payload().length());
        entry.storedAtNanos = clock.nanoTime();
        append(entry, request, 0);
        return entry;
    }

    /** Takes the last message back that was just appended and not written; for a store that keeps no messages. */
    public void takeBack(StoredPublish last) {
        if (window.take(last.id()) != null && last.id() == lastId) {
            lastId--;
        }
    }

    private void append(StoredPublish entry, PublishRequest request, long replaces) {
        long before = entry.id();
        entry.id(lastId + 1);
        boolean kept = false;
        try {
            log.append(entry, request, replaces);
            kept = true;
        } finally {
            if (!kept) {
                entry.id(before);
            }
        }
        lastId++;
        window.add(entry);
    }

    /** {@link #awaitDurable(Duration)}, for ten seconds. */
    public void awaitDurable() {
        awaitDurable(Duration.ofNanos(LogDurability.PATIENCE_NANOS));
    }

    /**
     * Returns when everything appended so far is as durable as the store promises. Without the lock.
     *
     * @param timeout how long it waits at most
     * @throws StoreException if it cannot be made so, or was not in time: it is stored, and nobody knows whether it is durable
     */
    public void awaitDurable(Duration timeout) {
        log.awaitDurable(timeout);
    }

    /** The message itself, {@code null} if it is settled and gone. Without the lock. */
    public @Nullable PublishRequest read(StoredPublish entry) {
        return log.read(entry);
    }

    /** The first message that is not written on this connection. */
    public @Nullable StoredPublish nextToWrite() {
        return window.cursor();
    }

    /** That and those after it, at most so many, and so many bytes but one. */
    public List<StoredPublish> nextToWrite(int most, long mostBytes) {
        return window.fromCursor(most, mostBytes);
    }

    /**
     * The sequence with which a message is to be written.
     *
     * @throws SequenceExhaustedException if there are no numbers left
     */
    public long sequenceOf(StoredPublish entry) {
        return sequences.sequenceOf(entry.id());
    }

    /**
     * A message may be on the wire at any moment from now on.
     *
     * @return to be given to {@link #notWritten} if it was not taken
     */
    public long aboutToWrite(StoredPublish entry) {
        return sequences.aboutToWrite(entry.id());
    }

    /** What was about to be written was not taken. */
    public void notWritten(long before) {
        sequences.writtenThrough(before);
    }

    /** The next message was written. */
    public void wrote(StoredPublish entry, long sequence) {
        entry.sequence(sequence);
        window.advance();
        sequences.aboutToWrite(entry.id());
    }

    /**
     * A logon succeeded: everything that is not settled is to be written again, or for the first time, from the start.
     *
     * @param server its address
     * @param held the highest sequence that the broker holds for the name, 0 for none
     * @return where it comes from if it is another's, and then {@link #foreign} is to be called; {@code null} if it is not
     * @throws SequenceExhaustedException if there is no number above it; nothing has changed then
     */
    public @Nullable Origin logon(String server, long held) {
        Origin foreign = sequences.logon(server, held, window.settledThrough(lastId) + 1, lastId);
        window.rewind();
        return foreign;
    }

    /**
     * Another has published this number under our name: what was never written gets numbers above it, and of what was
     * written and is not settled, nobody knows any more what became of it.
     *
     * @param policy what to do about that; a store that keeps no messages can only let them fail
     * @throws SequenceExhaustedException if there is no number above it; nothing has changed then
     */
    public Doubt foreign(long sequence, InDoubtPolicy policy) {
        InDoubtPolicy applied = keepsMessages() ? policy : InDoubtPolicy.FAIL;
        long writtenThrough = sequences.writtenThrough();
        List<Long> ids = window.ids();
        ids.removeIf(id -> id > writtenThrough);
        if (applied == InDoubtPolicy.RESEND) {
            long first = window.settledThrough(lastId) + 1;
            sequences.avoid(sequence, first, lastId);
            window.rewind();
            return new Doubt(applied, ids, null);
        }
        sequences.avoid(sequence, writtenThrough + 1, lastId);
        StoredPublish chain = window.takeThrough(writtenThrough);
        if (applied == InDoubtPolicy.FAIL) {
            return new Doubt(applied, ids, chain);
        }
        StoredPublish entry = chain;
        while (entry != null) {
            StoredPublish next = entry.unlink();
            doubtful.add(entry);
            entry = next;
        }
        doubtThrough = Math.max(doubtThrough, writtenThrough);
        return new Doubt(applied, ids, null);
    }

    /**
     * What came into doubt.
     *
     * @param policy what was done about it
     * @param ids which messages, in order
     * @param taken the same messages, taken out to be failed; {@code null} if they stay
     */
    public record Doubt(
            InDoubtPolicy policy, List<Long> ids, @Nullable StoredPublish taken) {}

    /** Before the first message is written under the numbers as they are now: completes when they are durable. */
    public CompletionStage<Void> startWriting() {
        writing = true;
        return log.writing(state());
    }

    /** The connection is gone: nothing is written until the next logon. */
    public void stopWriting() {
        if (writing) {
            writing = false;
            log.idle(state());
        }
        window.rewind();
    }

    /** What an acknowledgement up to a sequence is about. */
    public enum AckReading {
        /** Messages that this store wrote. */
        OURS,
        /** Nothing of this store, and nothing new. */
        NOTHING,
        /** Somebody else's messages. */
        FOREIGN
    }

    /** What an acknowledgement up to this sequence is about. */
    public AckReading readAck(long sequence) {
        return sequences.readAck(sequence);
    }

    /** Takes out everything up to this sequence of ours; to be {@linkplain #forget forgotten} once it was told. */
    public @Nullable StoredPublish confirm(long sequence) {
        return window.takeThrough(sequences.confirmedBy(sequence));
    }

    /** Takes out the one message with this sequence. */
    public @Nullable StoredPublish takeBySequence(long sequence) {
        long id = sequences.writtenAs(sequence);
        return id == 0 ? null : window.take(id);
    }

    /** Takes out one message, unless it is in doubt. */
    public @Nullable StoredPublish take(long id) {
        return window.take(id);
    }

    /** Takes out the oldest message that is not in doubt. */
    public @Nullable StoredPublish takeOldest() {
        StoredPublish oldest = window.head();
        return oldest == null ? null : window.take(oldest.id());
    }

    /** Takes out everything that is not in doubt. */
    public @Nullable StoredPublish takeAll() {
        return window.takeThrough(Long.MAX_VALUE);
    }

    /** The ids in doubt, in order. */
    public List<Long> doubtfulIds() {
        return doubtful.ids();
    }

    /** The message in doubt with this id; {@code null} if it is not. */
    public @Nullable StoredPublish findDoubtful(long id) {
        return doubtful.find(id);
    }

    /** Takes out a message in doubt, to be given up. */
    public @Nullable StoredPublish takeDoubtful(long id) {
        return doubtful.take(id);
    }

    /**
     * Appends a message in doubt again, at the end, under a new id.
     *
     * @param request what {@link #read} gave for it
     * @return whether it was in doubt still
     * @throws StoreException if it cannot be kept; then it is in doubt as before
     */
    public boolean resendDoubtful(StoredPublish entry, PublishRequest request) {
        long before = entry.id();
        long place = entry.place;
        if (doubtful.take(before) != entry) {
            return false;
        }
        boolean appended = false;
        try {
            append(entry, request, before);
            appended = true;
        } finally {
            if (!appended) {
                doubtful.insert(entry);
            }
        }
        entry.sequence(0);
        log.replaced(before, place);
        return true;
    }

    /** Takes out everything, what is in doubt too, which is older than the rest. */
    public @Nullable StoredPublish takeEverything() {
        StoredPublish doubts = doubtful.takeThrough(Long.MAX_VALUE);
        StoredPublish others = takeAll();
        if (doubts == null) {
            return others;
        }
        StoredPublish last = doubts;
        while (last.next() != null) {
            last = requireNonNull(last.next());
        }
        last.next = others;
        return doubts;
    }

    /** A message that was taken out needs not be known after a restart. */
    public void forget(StoredPublish entry) {
        log.forget(entry);
    }

    /** How full it is. */
    public PublishStoreStatus status() {
        return bounds.status(clock.nanoTime(), lastId);
    }

    /** Ends the store; what is not settled stays where it is durable. Without the lock, once. */
    public void close(Duration timeout) {
        log.close(state(), timeout);
    }

    private LogState state() {
        return sequences.state(doubtThrough, lastId, writing);
    }
}
