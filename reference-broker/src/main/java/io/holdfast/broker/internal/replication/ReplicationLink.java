package io.holdfast.broker.internal.replication;

import io.holdfast.broker.internal.journal.JournalException;
import io.holdfast.broker.internal.journal.LogRecord;
import io.holdfast.broker.internal.journal.TransactionLog;
import io.holdfast.broker.internal.log.OperatorLog;
import io.holdfast.broker.internal.publish.LogFollower;
import io.holdfast.broker.internal.replay.ReplaySource;
import io.holdfast.broker.internal.transport.Outbound;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the log to another instance, for as long as the broker runs: connects, asks where the other side stands, and sends every record
 * that is durable from there on, but for those that were received by replication themselves. Whatever goes wrong, it begins
 * again after a delay; what is sent twice is discarded by the duplicate rule over there. Confined to the broker's thread.
 *
 * <pre>
 * WAITING --delay--&gt; CONNECTING --logon ack, position--&gt; SENDING --no room--&gt; HELD --room--&gt; SENDING
 *    ^                   |                                  |  --nothing at hand--&gt; READING --batch--&gt; SENDING
 *    +---- refused ------+----------- connection lost ------+                    any --close--&gt; CLOSED
 * </pre>
 */
final class ReplicationLink implements LogFollower {

    private static final long FIRST_DELAY_MILLIS = 100;
    private static final long LONGEST_DELAY_MILLIS = 5_000;
    private static final int RECORDS_PER_TURN = 1_024;

    private final ReplicationTarget target;
    private final TransactionLog log;
    private final Replicas replicas;
    private final Supplier<ReplaySource> sources;
    private final ReplicationDialer dialer;
    private final EventLoop loop;
    private final OperatorLog operator;
    private Phase phase = Phase.WAITING;
    private @Nullable ReplicationConnection connection;
    private @Nullable ReplaySource source;
    private @Nullable ScheduledFuture<?> retry;
    private long delayMillis = FIRST_DELAY_MILLIS;
    private boolean toldOfFailure;
    private long next;

    ReplicationLink(Parts parts, ReplicationTarget target) {
        this.target = target;
        this.log = parts.log();
        this.replicas = parts.replicas();
        this.sources = parts.sources();
        this.dialer = parts.dialer();
        this.loop = parts.loop();
        this.operator = parts.operator();
    }

    void start() {
        connect();
    }

    private void connect() {
        if (phase != Phase.WAITING) {
            return;
        }
        phase = Phase.CONNECTING;
        connection = dialer.dial(target, new ReplicationConnection.Owner() {
            @Override
            public void accepted(ReplicationConnection from, long position) {
                if (from == connection && phase == Phase.CONNECTING) {
                    begin(position);
                }
            }

            @Override
            public void lost(ReplicationConnection from, String reason) {
                if (from == connection && phase != Phase.CLOSED) {
                    again(reason);
                }
            }
        });
    }

    private void begin(long position) {
        delayMillis = FIRST_DELAY_MILLIS;
        toldOfFailure = false;
        next = Math.max(position + 1, log.firstIndex());
        source = sources.get();
        phase = Phase.SENDING;
        operator.replication(target.toString(), "connected, sending from record " + next);
        advance();
    }

    private void again(String reason) {
        if (!toldOfFailure) {
            toldOfFailure = true;
            operator.replication(target.toString(), "not connected, trying again: " + reason);
        }
        letGo();
        phase = Phase.WAITING;
        retry = loop.schedule(this::connect, delayMillis, TimeUnit.MILLISECONDS);
        delayMillis = Math.min(2 * delayMillis, LONGEST_DELAY_MILLIS);
    }

    @Override
    public void appended(LogRecord record) {
        // not before it is durable
    }

    @Override
    public void durable(long index) {
        advance();
    }

    private void advance() {
        ReplaySource open = source;
        ReplicationConnection to = connection;
        if (phase != Phase.SENDING || open == null || to == null) {
            return;
        }
        for (int i = 0; i < RECORDS_PER_TURN; i++) {
            if (next > log.durableIndex()) {
                return;
            }
            if (!to.out().hasRoom()) {
                break;
            }
            LogRecord record = open.take(next);
            if (record == null) {
                read(open);
                return;
            }
            if (!replicas.isReceived(next)) {
                to.send(record);
            }
            next++;
        }
        hold(to.out());
    }

    private void hold(Outbound out) {
        phase = Phase.HELD;
        ReplicationConnection held = connection;
        out.whenRoom(() -> goOn(Phase.HELD, held));
    }

    private void read(ReplaySource open) {
        phase = Phase.READING;
        ReplicationConnection asking = connection;
        open.fetch(next, new ReplaySource.Answer() {
            @Override
            public void ready() {
                goOn(Phase.READING, asking);
            }

            @Override
            public void failed(JournalException reason) {
                loop.execute(() -> unreadable(asking, reason));
            }
        });
    }

    private void unreadable(@Nullable ReplicationConnection asking, JournalException reason) {
        if (phase != Phase.READING || asking != connection) {
            return;
        }
        if (log.firstIndex() > next) {
            operator.replication(
                    target.toString(),
                    "records " + next + ".." + (log.firstIndex() - 1) + " are not kept any more and were not sent");
            next = log.firstIndex();
            goOn(Phase.READING, asking);
        } else {
            again(String.valueOf(reason.getMessage()));
        }
    }

    private void goOn(Phase from, @Nullable ReplicationConnection asking) {
        if (phase == from && asking == connection) {
            phase = Phase.SENDING;
            advance();
            dialer.flush();
        }
    }

    private void letGo() {
        ReplicationConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
        if (source != null) {
            source.close();
            source = null;
        }
    }

    void close() {
        phase = Phase.CLOSED;
        if (retry != null) {
            retry.cancel(false);
        }
        letGo();
    }

    /** Where it is in its life. */
    private enum Phase {
        /** Until the next attempt. */
        WAITING,
        /** Until the other side has accepted the logon. */
        CONNECTING,
        /** Sends what is durable, or waits for more of it. */
        SENDING,
        /** The connection has no room. */
        HELD,
        /** A batch of the log is being read. */
        READING,
        /** The broker is closing. */
        CLOSED
    }

    /**
     * What every link uses.
     *
     * @param sources makes a reader of the log
     */
    record Parts(
            TransactionLog log,
            Replicas replicas,
            Supplier<ReplaySource> sources,
            ReplicationDialer dialer,
            EventLoop loop,
            OperatorLog operator) {}
}
