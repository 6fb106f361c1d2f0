package io.holdfast.broker.internal.session;

import io.holdfast.broker.internal.wire.Field;
import io.holdfast.broker.internal.wire.Header;
import io.holdfast.broker.internal.wire.Verb;
import io.holdfast.client.message.AckStatus;
import io.holdfast.client.message.AckType;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The publish acks of one session on an instance with a transaction log: successes are conflated into "everything up to s", a failure is
 * sent by itself after the success up to the one before it (1..5 with 3 refused: success 2, failure 3, success 5). Confined to the
 * broker's thread.
 */
public final class PersistedAcks {

    private final Consumer<Header> send;
    private final ScheduledExecutorService timer;
    private final Runnable afterTimer;
    private final long intervalNanos;
    private final String nameHash;
    private long pending;
    private long acknowledged;
    private @Nullable ScheduledFuture<?> due;

    /**
     * No ack pending.
     *
     * @param send takes an ack
     * @param afterTimer called when acks were sent by the timer: nobody else flushes then
     * @param interval how long successes are gathered; zero sends each at once
     * @param nameHash the publisher's part of a bookmark
     */
    public PersistedAcks(
            Consumer<Header> send,
            ScheduledExecutorService timer,
            Runnable afterTimer,
            Duration interval,
            String nameHash) {
        this.send = send;
        this.timer = timer;
        this.afterTimer = afterTimer;
        this.intervalNanos = interval.toNanos();
        this.nameHash = nameHash;
    }

    /** A publish with this sequence is done: kept, or discarded as a duplicate of one that was kept. */
    public void succeeded(long sequence) {
        pending = Math.max(pending, sequence);
        if (intervalNanos == 0) {
            flush();
        } else if (due == null) {
            due = timer.schedule(this::onTimer, intervalNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** A publish was refused. */
    public void refused(Header command, String reason) {
        flush();
        send.accept(Replies.ack(command, AckType.PERSISTED, AckStatus.FAILURE)
                .set(Field.SEQ, command.get(Field.SEQ))
                .set(Field.REASON, reason)
                .build());
    }

    /** Sends the pending success, if there is one. */
    public void flush() {
        stop();
        if (pending == 0) {
            return;
        }
        acknowledged = Math.max(acknowledged, pending); // never backwards: "up to s" includes a late duplicate
        send.accept(Header.of(Verb.ACK)
                .set(Field.ACK_TYPE, AckType.PERSISTED.word())
                .set(Field.STATUS, AckStatus.SUCCESS.word())
                .set(Field.SEQ, acknowledged)
                .set(Field.BOOKMARK, bookmark(acknowledged))
                .build());
        pending = 0;
    }

    /** The bookmark of a message of this publisher. */
    public String bookmark(long sequence) {
        return nameHash + "|" + sequence + "|";
    }

    /** Ends the timer. */
    public void stop() {
        if (due != null) {
            due.cancel(false);
            due = null;
        }
    }

    private void onTimer() {
        due = null;
        flush();
        afterTimer.run();
    }
}
