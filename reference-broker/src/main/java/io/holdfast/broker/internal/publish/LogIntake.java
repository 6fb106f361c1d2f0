package io.holdfast.broker.internal.publish;

import io.holdfast.broker.internal.journal.LogRecord;
import io.holdfast.broker.internal.journal.TransactionLog;
import io.holdfast.broker.internal.session.Session;
import io.holdfast.broker.internal.session.WaitingAcks;
import io.holdfast.broker.internal.topic.MessageRouter;
import io.holdfast.broker.internal.transport.Body;
import io.holdfast.broker.internal.transport.FlushList;
import java.util.ArrayList;
import java.util.List;

/**
 * The broker's one way into its log, and the one listener to it: applies the duplicate rule, appends, delivers, and keeps sequences,
 * acks, back-pressure and followers in step with what became durable. Confined to the broker's thread.
 */
public final class LogIntake {

    /** What no client name begins with: the names under which the broker itself keeps messages. */
    public static final char OWN_NAME = '\u0001';

    private final TransactionLog log;
    private final PublisherSequences sequences;
    private final WaitingAcks acks;
    private final MessageRouter router;
    private final FlushList flushes;
    private final PublisherGate gate;
    private final String unsequenced;
    private final List<LogFollower> followers = new ArrayList<>();

    /**
     * Listens to the log from now on.
     *
     * @param router delivers to the subscriptions that do not follow the log
     * @param instance the instance's name, part of the name under which messages without a sequence are kept
     */
    public LogIntake(
            TransactionLog log,
            PublisherSequences sequences,
            WaitingAcks acks,
            MessageRouter router,
            FlushList flushes,
            String instance) {
        this.log = log;
        this.sequences = sequences;
        this.acks = acks;
        this.router = router;
        this.flushes = flushes;
        gate = new PublisherGate(log);
        unsequenced = OWN_NAME + "unsequenced-" + instance;
        log.whenDurable(this::durable);
    }

    /** Tells this one too, after those before it. */
    public void follow(LogFollower follower) {
        followers.add(follower);
    }

    /**
     * Takes a message, unless its sequence is not above the highest of its publisher: then it is discarded without a word. One without
     * a sequence is kept under a name of the instance's own that no client can choose, with a number that only grows, across restarts
     * as well: so it has a bookmark and is replayed like any other.
     *
     * @param message not placed yet; sequence 0 if the publisher gave none
     * @return where the log must be durable for the message to be acknowledged: its place, or that of what it repeats
     */
    public Taken take(LogRecord message) {
        LogRecord sequenced =
                message.sequence() == 0 ? message.as(unsequenced, sequences.last(unsequenced) + 1) : message;
        String publisher = sequenced.publisher();
        String bookmark = sequences.bookmark(publisher, sequenced.sequence());
        if (sequenced.sequence() <= sequences.last(publisher)) {
            return new Taken(sequences.indexOfLast(publisher), bookmark, false);
        }
        LogRecord placed = log.append(sequenced);
        sequences.take(publisher, placed.sequence(), placed.index());
        byte[] body = placed.body();
        router.deliver(placed.topic(), new Body(body, 0, body.length), placed.correlationId(), bookmark);
        for (LogFollower follower : followers) {
            follower.appended(placed);
        }
        return new Taken(placed.index(), bookmark, true);
    }

    /** Holds a publisher back if it is time to. */
    public void published(Session session) {
        gate.published(session);
    }

    private void durable(long index) {
        sequences.durable(index);
        acks.durable(index);
        for (LogFollower follower : followers) {
            follower.durable(index);
        }
        gate.durable();
        flushes.flush();
    }

    /**
     * A message that the log has.
     *
     * @param index what must be durable before it is acknowledged
     * @param bookmark its bookmark
     * @param isNew whether it was appended now, rather than discarded as a duplicate
     */
    public record Taken(long index, String bookmark, boolean isNew) {}
}
