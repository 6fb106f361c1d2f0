package io.holdfast.broker.internal.replay;

import io.holdfast.broker.internal.journal.LogRecord;
import io.holdfast.broker.internal.journal.TransactionLog;
import io.holdfast.broker.internal.publish.LogFollower;
import io.holdfast.broker.internal.publish.PublisherSequences;
import io.holdfast.broker.internal.session.SessionEnd;
import io.holdfast.broker.internal.topic.BookmarkRefusal;
import io.holdfast.broker.internal.topic.BookmarkSubscriptions;
import io.holdfast.broker.internal.topic.NotFound;
import io.holdfast.broker.internal.topic.ReplayRange;
import io.holdfast.broker.internal.topic.Subscription;
import io.holdfast.broker.internal.transport.FlushList;
import io.holdfast.broker.internal.wire.Header;
import io.netty.channel.EventLoop;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All bookmark subscriptions, and what makes them go on: the log that grows. Confined to the broker's thread, but for {@link #close}.
 */
public final class Replays implements BookmarkSubscriptions, LogFollower, AutoCloseable {

    private final BookmarkResolver resolver;
    private final LogTail tail;
    private final ReplayReader reader;
    private final Shared shared;
    private final Map<Subscription, Replay> replays = new LinkedHashMap<>();
    private int live;

    /** No subscriptions, over this log; the instance's name goes into the name of the reading thread. */
    public Replays(
            TransactionLog log,
            PublisherSequences sequences,
            EventLoop loop,
            SessionEnd exit,
            FlushList flushes,
            String instance) {
        resolver = new BookmarkResolver(log, sequences);
        tail = new LogTail(log.lastIndex());
        reader = new ReplayReader(instance, loop);
        shared = new Shared(log, tail, reader, new ReplayFrames(sequences), loop, exit, flushes, new HeldBytes());
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public ReplayRange resolve(String bookmark, NotFound policy) throws BookmarkRefusal {
        return resolver.resolve(bookmark, policy);
    }

    @Override
    public void begin(Subscription subscription, ReplayRange range, Header command) {
        Replay replay = new Replay(shared, subscription, range, command);
        replays.put(subscription, replay);
        live += replay.isLive() ? 1 : 0;
        replay.advance();
    }

    @Override
    public void pause(Subscription subscription, boolean on) {
        Replay replay = replays.get(subscription);
        if (replay != null) {
            replay.pause(on);
        }
    }

    @Override
    public void end(Subscription subscription) {
        Replay replay = replays.remove(subscription);
        if (replay != null) {
            live -= replay.isLive() ? 1 : 0;
            replay.end();
        }
    }

    @Override
    public void appended(LogRecord record) {
        tail.appended(record);
        if (live > 0) {
            for (Replay replay : replays.values()) {
                if (replay.isLive()) {
                    replay.advance();
                }
            }
        }
    }

    @Override
    public void durable(long index) {
        for (Replay replay : replays.values()) {
            replay.advance();
        }
        tail.durable(index);
    }

    /** A further reader of the log, for who follows it without being a subscription. */
    public ReplaySource source() {
        return new ReplaySource(shared);
    }

    /** Ends the reading thread, within a few seconds. */
    @Override
    public void close() {
        reader.close();
    }
}
