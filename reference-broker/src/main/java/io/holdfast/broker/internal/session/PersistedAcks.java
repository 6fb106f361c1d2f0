package io.holdfast.broker.internal.session;

import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.Verb;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The publish acks of one session. They leave in the order of the publishes, each when the log is durable up to its message: successes
 * are conflated into "everything up to s", a failure is sent by itself after the success up to the one before it (1..5 with 3
 * refused: success 2, failure 3, success 5). Confined to the broker's thread.
 *
 * <pre>
 * publish --&gt; waiting, in order --log durable up to it--&gt; pending success --interval, failure, flush--&gt; ack
 * </pre>
 */
public final class PersistedAcks {

    private final Consumer<Header> send;
    private final ScheduledExecutorService timer;
    private final Runnable afterTimer;
    private final WaitingAcks log;
    private final long intervalNanos;
    private final String nameHash;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long pending;
    private long acknowledged;
    private @Nullable ScheduledFuture<?> due;

    /**
     * No ack pending.
     *
     * @param send takes an ack
     * @param afterTimer called when acks were sent by the timer: nobody else flushes then
     * @param log tells how far the log is durable
     * @param interval how long successes are gathered; zero sends each at once
     * @param nameHash the publisher's part of a bookmark
     */
    public PersistedAcks(
            Consumer<Header> send,
            ScheduledExecutorService timer,
            Runnable afterTimer,
            WaitingAcks log,
            Duration interval,
            String nameHash) {
        this.send = send;
        this.timer = timer;
        this.afterTimer = afterTimer;
        this.log = log;
        this.intervalNanos = interval.toNanos();
        this.nameHash = nameHash;
    }

    /**
     * A publish with this sequence is in the log at this index: itself, or, if it is a duplicate, what it repeats. It is acknowledged
     * once that is durable.
     */
    public void kept(long index, long sequence) {
        take(new Waiting(index, sequence, null));
    }

    /** Does this in its turn, once the log is durable up to this index. */
    public void whenDurable(long index, Runnable action) {
        take(new Waiting(index, 0, action));
    }

    /** A publish was refused. */
    public void refused(Header command, String reason) {
        Header failure = Replies.ack(command, AckType.PERSISTED, AckStatus.FAILURE)
                .set(Field.SEQ, command.get(Field.SEQ))
                .set(Field.REASON, reason)
                .build();
        whenDurable(0, () -> {
            flush();
            send.accept(failure);
        });
    }

    /** Sends the pending success, if there is one. */
    public void flush() {
        stopTimer();
        if (pending == 0) {
            return;
        }
        acknowledged = Math.max(acknowledged, pending); // never backwards: "up to s" includes a late duplicate
        send.accept(Header.of(Verb.ACK)
                .set(Field.ACK_TYPE, AckType.PERSISTED.word())
                .set(Field.STATUS, AckStatus.SUCCESS.word())
                .set(Field.SEQ, acknowledged)
                .set(Field.BOOKMARK, nameHash + "|" + acknowledged + "|")
                .build());
        pending = 0;
    }

    /** How many acks wait for the log. */
    public int waiting() {
        return waiting.size();
    }

    /** Ends the timer and forgets what waits: the session is over. */
    public void stop() {
        stopTimer();
        waiting.clear();
        log.remove(this);
    }

    /** Sends what the log allows by now; true if nothing waits any more. */
    boolean drain() {
        Waiting next = waiting.peek();
        while (next != null && next.index <= log.durable()) {
            waiting.remove();
            settle(next);
            next = waiting.peek();
        }
        return next == null;
    }

    private void take(Waiting publish) {
        if (waiting.isEmpty() && publish.index <= log.durable()) {
            settle(publish);
        } else {
            waiting.add(publish);
            log.add(this);
        }
    }

    private void settle(Waiting publish) {
        if (publish.action != null) {
            publish.action.run();
            return;
        }
        pending = Math.max(pending, publish.sequence);
        if (intervalNanos == 0) {
            flush();
        } else if (due == null) {
            due = timer.schedule(this::onTimer, intervalNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void onTimer() {
        due = null;
        flush();
        afterTimer.run();
    }

    private void stopTimer() {
        if (due != null) {
            due.cancel(false);
            due = null;
        }
    }

    /** What waits until the log is durable up to an index: a sequence to acknowledge, or something else to do. */
    private record Waiting(
            long index, long sequence, @Nullable Runnable action) {}
}
