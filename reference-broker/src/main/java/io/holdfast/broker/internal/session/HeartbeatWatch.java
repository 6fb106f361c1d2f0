package io.holdfast.broker.internal.session;

import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.Verb;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The heartbeats of one session: a beat when nothing else was sent for an interval, and an end to a client that sent nothing for two
 * (protocol text 2). Confined to the broker's thread.
 */
public final class HeartbeatWatch {

    private final Session session;
    private final EventLoop loop;
    private final Runnable onSilence;
    private final long intervalNanos;
    private final ScheduledFuture<?> timer;
    private long heardAt;
    private long sentAt;
    private long tickedAt;

    /**
     * Starts now.
     *
     * @param onSilence called once when the client was silent for two intervals
     */
    public HeartbeatWatch(Session session, EventLoop loop, Duration interval, Runnable onSilence) {
        this.session = session;
        this.loop = loop;
        this.onSilence = onSilence;
        intervalNanos = interval.toNanos();
        heardAt = now();
        sentAt = heardAt;
        long tick = intervalNanos / 8;
        tickedAt = heardAt;
        timer = loop.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.NANOSECONDS);
    }

    /** Something arrived from the client. */
    public void heard() {
        heardAt = now();
    }

    /** Ends the timer. */
    public void stop() {
        timer.cancel(false);
    }

    private void tick() {
        long now = now();
        if (session.isUnread()) {
            heardAt = now; // it may be talking: nobody reads it
            return;
        }
        if (now - tickedAt > intervalNanos) {
            // this thread was held up: what the client said meanwhile lies unread in its socket
            heardAt = Math.max(heardAt, now - intervalNanos);
        }
        tickedAt = now;
        if (now - heardAt > 2 * intervalNanos) {
            stop();
            onSilence.run();
            return;
        }
        if (session.out().tookSomething()) {
            sentAt = now;
        } else if (now - sentAt >= intervalNanos * 7 / 8) { // a tick early rather than a tick late
            session.send(Header.of(Verb.HEARTBEAT).build());
            session.out().flush();
            session.out().tookSomething();
            sentAt = now;
        }
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
