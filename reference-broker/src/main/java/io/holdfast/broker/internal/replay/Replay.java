package io.holdfast.broker.internal.replay;

import io.holdfast.broker.internal.journal.JournalException;
import io.holdfast.broker.internal.journal.LogRecord;
import io.holdfast.broker.internal.session.DisconnectReason;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.topic.ReplayRange;
import io.holdfast.broker.internal.topic.Subscription;
import io.holdfast.broker.internal.transport.Outbound;
import io.holdfast.broker.internal.wire.Header;

/**
 * One bookmark subscription: takes the records of the log one by one, in order, and sends those that its topic matches, while its
 * connection has room. One index says where it is, so nothing is delivered twice or left out, whether a record comes from the disk, from
 * memory, or was published a moment ago. Confined to the broker's thread.
 *
 * <pre>
 * IDLE --record at hand, room--&gt; sends it --&gt; IDLE
 *   |  --nothing at hand--&gt; READING --batch--&gt; IDLE
 *   |  --no room--&gt; WAITING --room--&gt; IDLE          (never a slow client: it waits in the log)
 *   |  --end of the range--&gt; OVER                    any --unsubscribe, end of the session--&gt; ENDED
 * </pre>
 */
final class Replay {

    /** What it sends before it lets others have their turn. */
    private static final long BYTES_PER_TURN = 64 << 10;

    private static final int RECORDS_PER_TURN = 4_096;

    private final Shared shared;
    private final Subscription subscription;
    private final ReplayRange range;
    private final ReplaySource source;
    private final ReplayAcks acks;
    private final TopicFilter topics;
    private final long replayEnd;
    private Phase phase = Phase.IDLE;
    private boolean paused;
    private boolean begun;
    private long next;

    Replay(Shared shared, Subscription subscription, ReplayRange range, Header command) {
        this.shared = shared;
        this.subscription = subscription;
        this.range = range;
        source = new ReplaySource(shared);
        acks = new ReplayAcks(subscription, command, shared.loop().ticker());
        topics = new TopicFilter(subscription.pattern());
        next = range.from();
        replayEnd = Math.min(range.to(), shared.log().lastIndex());
        paused = subscription.options().pause();
    }

    boolean isLive() {
        return subscription.options().live();
    }

    /** Goes on from where it is, as far as it can. */
    void advance() {
        if (paused || phase != Phase.IDLE) {
            return;
        }
        long budget = BYTES_PER_TURN;
        for (int i = 0; budget > 0 && i < RECORDS_PER_TURN; i++) {
            if (next > replayEnd) {
                acks.replayed(shared.frames());
            }
            if (next > range.to()) {
                end(Phase.OVER);
                return;
            }
            if (next > limit()) {
                return;
            }
            if (!out().hasRoom()) {
                waitForRoom();
                return;
            }
            LogRecord record = source.take(next);
            if (record == null) {
                read();
                return;
            }
            if (record.micros() > range.toMicros()) {
                acks.replayed(shared.frames());
                end(Phase.OVER);
                return;
            }
            budget -= pass(record);
        }
        waitForRoom(); // let others have their turn, then come back
    }

    private long limit() {
        return isLive() ? shared.log().lastIndex() : shared.log().durableIndex();
    }

    private long pass(LogRecord record) {
        next++;
        begun = true;
        long sent = 0;
        if (record.micros() >= range.fromMicros() && topics.matches(record.topic())) {
            sent = shared.frames().send(subscription, record);
        }
        acks.passed(record.publisher(), record.sequence(), shared.frames());
        return sent;
    }

    private void waitForRoom() {
        phase = Phase.WAITING;
        if (shared.held().isTooMuch()) {
            source.forget();
        }
        out().whenRoom(() -> {
            if (phase == Phase.WAITING) {
                phase = Phase.IDLE;
                advance();
                shared.flushes().flush();
            }
        });
    }

    private void read() {
        phase = Phase.READING;
        source.fetch(next, new ReplaySource.Answer() {
            @Override
            public void ready() {
                phase = Phase.IDLE;
                if (paused) {
                    source.forget(); // it was held while this was being read
                }
                advance();
                shared.flushes().flush();
            }

            @Override
            public void failed(JournalException reason) {
                shared.loop().execute(() -> unreadable(reason)); // never within a delivery
            }
        });
    }

    private void unreadable(JournalException reason) {
        if (phase != Phase.READING) {
            return;
        }
        long first = shared.log().firstIndex();
        if (first > next && range.fromStart() && !begun) {
            next = first; // "from the start" is wherever the log starts by now
            phase = Phase.IDLE;
            advance();
        } else if (first > next) {
            shared.exit()
                    .end(
                            session(),
                            DisconnectReason.SLOW_CLIENT,
                            "replay of '" + subscription.id() + "': the log keeps no record before " + first
                                    + " any more, and " + next + " was not taken yet");
        } else {
            shared.exit()
                    .end(
                            session(),
                            DisconnectReason.INTERNAL_ERROR,
                            "replay of '" + subscription.id() + "': " + reason.getMessage());
        }
        shared.flushes().flush();
    }

    /** Holds it, or lets it go on. */
    void pause(boolean on) {
        paused = on;
        if (on) {
            source.forget(); // hold nothing in the log for as long as this may last
        } else {
            advance();
        }
    }

    /** Ends it: nothing is delivered any more. */
    void end() {
        end(Phase.ENDED);
    }

    private void end(Phase last) {
        phase = last;
        source.close();
    }

    private Session session() {
        return subscription.session();
    }

    private Outbound out() {
        return session().out();
    }

    /** Where it is in its life. */
    private enum Phase {
        /** Between two records: caught up, held, or about to go on. */
        IDLE,
        /** A batch is being read. */
        READING,
        /** The connection has no room, or it is the turn of others. */
        WAITING,
        /** A range was delivered to its end. */
        OVER,
        /** Unsubscribed, replaced, or its session is over. */
        ENDED
    }
}
