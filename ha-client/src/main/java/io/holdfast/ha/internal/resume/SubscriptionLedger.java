package io.holdfast.ha.internal.resume;

import io.holdfast.client.message.Bookmark;
import io.holdfast.ha.internal.store.bookmark.AcknowledgedPoint;
import io.holdfast.ha.internal.store.bookmark.BookmarkStore.Progress;
import io.holdfast.ha.internal.store.bookmark.Moves;
import io.holdfast.ha.internal.store.bookmark.Position;
import io.holdfast.ha.internal.store.bookmark.PublisherPositions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The account of one subscription with a bookmark, over all its connections: what was received, what of it is open, and from
 * where to go on. Thread-safe.
 *
 * <p>Two locks. The connection's thread takes {@code memory} alone, which is never held while a store writes. Acknowledgements take
 * {@code acknowledging} around it, so that the store sees them in the order of the point.
 */
public final class SubscriptionLedger {

    /** Answers {@link #received}: it came before, and goes no further. */
    public static final long DUPLICATE = -1;

    /** Answers {@link #received}: deliver it, but there is nothing to acknowledge. */
    public static final long NO_RECEIPT = 0;

    private final Bookmark start;
    private final Bookmark origin;
    private final Progress progress;
    private final LedgerEvents events;
    private final Object acknowledging = new Object();
    private final Moves moves = new Moves();
    private final Object memory = new Object();
    private final PublisherPositions received;
    private final Set<Position> doneBefore;
    private final Outstanding outstanding;
    private @Nullable Object lastBroker;
    private long lastPublisher;
    private long lastSequence;
    private @Nullable Bookmark answered;
    private boolean completed;
    private boolean toldUnplaced;
    private boolean toldFull;

    /**
     * The account of a subscription that begins.
     *
     * @param start where it was told to start, {@link Bookmark#MOST_RECENT} included
     * @param progress its part of the store, which knows something only for {@code MOST_RECENT}
     * @param manual whether messages are acknowledged by their bookmarks
     * @param most how many messages may be open at a time
     */
    public SubscriptionLedger(Bookmark start, Progress progress, boolean manual, int most, LedgerEvents events) {
        this.start = start;
        this.progress = progress;
        this.events = events;
        AcknowledgedPoint point = progress.point();
        origin = start.equals(Bookmark.MOST_RECENT) ? point.origin() : start;
        received = point.passed();
        doneBefore = point.beyond();
        outstanding = new Outstanding(most, manual);
    }

    /** What an application or an operator should know of; called without a lock held. */
    public interface LedgerEvents {

        /** The first message came whose bookmark is missing or of an unknown form. */
        void unplaced();

        /** More messages wait for their acknowledgement than there is room for, the oldest of them this one. */
        void full(int open, @Nullable Position oldest);
    }

    /**
     * A message came. On the connection's thread.
     *
     * @param publisher its bookmark's publisher, 0 if it has none
     * @param sequence its bookmark's sequence
     * @param broker which broker sent it
     * @return its receipt, above zero; {@link #DUPLICATE}, or {@link #NO_RECEIPT}
     */
    public long received(long publisher, long sequence, Object broker) {
        if (publisher == 0) {
            tellUnplaced();
            return NO_RECEIPT;
        }
        long receipt;
        boolean isFull;
        synchronized (memory) {
            lastBroker = broker;
            lastPublisher = publisher;
            lastSequence = sequence;
            if (sequence <= received.highest(publisher)) {
                return DUPLICATE;
            }
            received.advance(publisher, sequence);
            boolean done = !doneBefore.isEmpty() && doneBefore.remove(new Position(publisher, sequence));
            receipt = outstanding.add(publisher, sequence, done);
            if (done) {
                return DUPLICATE;
            }
            isFull = outstanding.isFull();
        }
        if (isFull) {
            tellFull();
        }
        return receipt;
    }

    private void tellUnplaced() {
        synchronized (memory) {
            if (toldUnplaced) {
                return;
            }
            toldUnplaced = true;
        }
        events.unplaced();
    }

    private void tellFull() {
        int open;
        Position oldest;
        synchronized (memory) {
            if (toldFull) {
                return;
            }
            toldFull = true;
            open = outstanding.size();
            oldest = outstanding.oldest();
        }
        events.full(open, oldest);
    }

    /** A message is done with; false if it is not open. Any thread. */
    public boolean acknowledge(long receipt) {
        synchronized (acknowledging) {
            boolean changed;
            synchronized (memory) {
                changed = outstanding.close(receipt, moves);
            }
            try {
                if (!moves.isEmpty()) {
                    progress.apply(moves);
                }
            } finally {
                moves.clear();
            }
            return changed;
        }
    }

    /** The message with this bookmark is done with; false if it is not open. Any thread. */
    public boolean acknowledge(Bookmark bookmark) {
        Position position = Position.of(bookmark);
        if (position == null) {
            return false;
        }
        long receipt;
        synchronized (memory) {
            receipt = outstanding.find(position);
        }
        return acknowledge(receipt);
    }

    /** The broker accepted the subscription and named this position, behind which its messages begin. */
    public void answered(@Nullable Bookmark bookmark) {
        if (bookmark != null && bookmark.publisher() != 0) {
            synchronized (memory) {
                answered = bookmark;
            }
        }
    }

    /** The broker has replayed everything there was when it began; a range has ended with that. */
    public void completed() {
        synchronized (memory) {
            completed = true;
        }
    }

    /** Whether it is over: a range that has been replayed to its end. */
    public boolean isOver() {
        synchronized (memory) {
            return completed && isRange();
        }
    }

    /** Whether it asks for a part of the log that has an end. */
    public boolean isRange() {
        return ResumePoint.isRange(start);
    }

    /**
     * Whether the broker is to start from the beginning of its log if it does not know the position any more: rather messages
     * again, which the filter drops, than a gap. Not for what began at {@link Bookmark#NOW}, which never asked for old messages.
     */
    public boolean mayGoBack() {
        return !start.equals(Bookmark.NOW);
    }

    /**
     * The bookmark to enter the subscription with: at the broker that sent the last message, duplicates included, behind it; at
     * another one, where the same messages may have another order, some way back.
     *
     * @param broker where, as in {@link #received}
     */
    public Bookmark resumeAt(Object broker) {
        synchronized (memory) {
            if (broker.equals(lastBroker)) {
                return withEnd(Bookmark.of(lastPublisher, lastSequence));
            }
            Bookmark from = received.margin() == null && begins() ? null : ResumePoint.atAnyBroker(received);
            return from == null ? first() : withEnd(from);
        }
    }

    /** Whether the place where it began can be named again. */
    private boolean begins() {
        return !origin.equals(Bookmark.NOW) || answered != null;
    }

    private Bookmark first() {
        return origin.equals(Bookmark.NOW) && answered != null ? answered : origin;
    }

    private Bookmark withEnd(Bookmark from) {
        return isRange() ? ResumePoint.restOf(start, from) : from;
    }
}
