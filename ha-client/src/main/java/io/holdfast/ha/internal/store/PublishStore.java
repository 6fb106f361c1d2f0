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

    /**
     * What is left out when numbers go on after a crash: more than could have been assigned by messages that a power failure
     * took from the end of the store. What the broker holds is no measure of those: another one may hold more.
     */
    private static final long CRASH_GAP = 1L << 20;

    private final PublishLog log;
    private final int maxMessages;
    private final long maxBytes;
    private final Clock clock;
    private final SequenceSource numbers;
    private final VisitedServers servers;
    private final PublishWindow window = new PublishWindow();
    private final PublishWindow doubtful = new PublishWindow();
    private long lastId;
    private long writtenThrough;
    private long doubtThrough;
    private boolean crashed;
    private boolean writing;

    /** A store over an opened log. */
    PublishStore(PublishLog log, int maxMessages, long maxBytes, Clock clock) {
        this.log = log;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.clock = clock;
        PublishLog.Found found = log.found();
        LogState state = found.state();
        numbers = new SequenceSource(state.tag(), state.epochs(), state.foreign());
        servers = new VisitedServers(state.servers());
        lastId = state.lastId();
        crashed = state.isWriting();
        writtenThrough = crashed ? lastId : state.writtenThrough();
        doubtThrough = state.doubtThrough();
        for (StoredPublish entry : found.messages()) {
            (entry.id() <= doubtThrough ? doubtful : window).add(entry);
            if (entry.id() <= writtenThrough && entry.id() > doubtThrough && !numbers.isFresh()) {
                entry.sequence(numbers.sequenceOf(entry.id()));
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
        return window.size() + doubtful.size();
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

    /** The bound in messages. */
    public int maxMessages() {
        return maxMessages;
    }

    /** Whether another message finds room; into an empty store any does. */
    public boolean hasRoomFor(PublishRequest request) {
        int messages = size();
        if (messages == 0) {
            return true;
        }
        long bytes = window.bytes() + doubtful.bytes();
        return messages < maxMessages
                && bytes + StoredPublish.size(request.topic(), request.payload().length()) <= maxBytes;
    }

    /** The bound in bytes. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Whether the count, not the bytes, is what leaves no room. */
    public boolean isFullByCount() {
        return size() >= maxMessages;
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

    /** Returns when everything appended so far is as durable as the store promises. Without the lock. */
    public void awaitDurable() {
        log.awaitDurable();
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
        return numbers.sequenceOf(entry.id());
    }

    /**
     * A message may be on the wire at any moment from now on.
     *
     * @return to be given to {@link #notWritten} if it was not taken
     */
    public long aboutToWrite(StoredPublish entry) {
        long before = writtenThrough;
        writtenThrough = Math.max(before, entry.id());
        return before;
    }

    /** What was about to be written was not taken. */
    public void notWritten(long before) {
        writtenThrough = before;
    }

    /** The next message was written. */
    public void wrote(StoredPublish entry, long sequence) {
        entry.sequence(sequence);
        window.advance();
        writtenThrough = Math.max(writtenThrough, entry.id());
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
        SequenceSource.Reading reading = numbers.read(held, writtenThrough);
        switch (reading) {
            case FRESH -> numbers.begin(window.settledThrough(lastId) + 1, lastId, held, 0);
            case TAIL_LOST -> numbers.begin(writtenThrough + 1, lastId, held, CRASH_GAP);
            case KNOWN -> {
                if (crashed) {
                    numbers.begin(writtenThrough + 1, lastId, 0, CRASH_GAP);
                }
            }
            case FOREIGN -> numbers.checkRoomAbove(held); // the caller goes on with foreign(), which needs his policy
        }
        crashed &= reading == SequenceSource.Reading.FOREIGN;
        numbers.prune(window.settledThrough(lastId) + 1);
        window.rewind();
        boolean wasHere = servers.visit(server);
        if (reading != SequenceSource.Reading.FOREIGN) {
            return null;
        }
        return wasHere ? Origin.PUBLISHED_SINCE : Origin.FIRST_VISIT;
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
        long gap = crashed ? CRASH_GAP : 0;
        List<Long> ids = window.ids();
        ids.removeIf(id -> id > writtenThrough);
        if (applied == InDoubtPolicy.RESEND) {
            long first = window.settledThrough(lastId) + 1;
            numbers.begin(first, lastId, sequence, gap);
            crashed = false;
            writtenThrough = first - 1;
            window.rewind();
            return new Doubt(applied, ids, null);
        }
        numbers.begin(writtenThrough + 1, lastId, sequence, gap);
        crashed = false;
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
        if (sequence == 0 || numbers.isFresh()) {
            return AckReading.NOTHING;
        }
        if (numbers.isOurs(sequence) && writtenThrough > 0) {
            long through = numbers.idsThrough(sequence);
            if (through <= writtenThrough) {
                return AckReading.OURS;
            }
        }
        return switch (numbers.read(sequence, writtenThrough)) {
            case FOREIGN, TAIL_LOST -> AckReading.FOREIGN;
            case KNOWN, FRESH -> AckReading.NOTHING;
        };
    }

    /** Takes out everything up to this sequence of ours; to be {@linkplain #forget forgotten} once it was told. */
    public @Nullable StoredPublish confirm(long sequence) {
        return window.takeThrough(Math.min(writtenThrough, numbers.idsThrough(sequence)));
    }

    /** Takes out the one message with this sequence. */
    public @Nullable StoredPublish takeBySequence(long sequence) {
        long id = numbers.isFresh() ? 0 : numbers.idOf(sequence);
        return id == 0 || id > writtenThrough ? null : window.take(id);
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

    /** Takes out everything, what is in doubt too. */
    public @Nullable StoredPublish takeEverything() {
        StoredPublish entry = doubtful.takeThrough(Long.MAX_VALUE);
        while (entry != null) {
            StoredPublish next = entry.unlink();
            window.insert(entry);
            entry = next;
        }
        return takeAll();
    }

    /** A message that was taken out needs not be known after a restart. */
    public void forget(StoredPublish entry) {
        log.forget(entry);
    }

    /** How full it is. */
    public PublishStoreStatus status() {
        return new PublishStoreStatus(
                size(),
                window.bytes() + doubtful.bytes(),
                oldestAge(),
                doubtful.size(),
                unacknowledged(),
                maxMessages,
                maxBytes,
                lastId);
    }

    private Duration oldestAge() {
        StoredPublish first = window.head();
        StoredPublish doubt = doubtful.head();
        StoredPublish oldest = first == null || (doubt != null && doubt.id() < first.id()) ? doubt : first;
        return oldest == null
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, clock.nanoTime() - requireNonNull(oldest).storedAtNanos));
    }

    /** Ends the store; what is not settled stays where it is durable. Without the lock, once. */
    public void close(Duration timeout) {
        log.close(state(), timeout);
    }

    private LogState state() {
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
