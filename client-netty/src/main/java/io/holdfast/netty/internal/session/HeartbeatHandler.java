package io.holdfast.netty.internal.session;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.Heartbeat;
import io.holdfast.netty.internal.write.WriteQueue;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life in both directions, by the bytes of the socket: the first handler of the pipeline.
 *
 * <pre>
 * start    --&gt; heartbeat start,&lt;seconds&gt;      from then on the broker sends one when it would be silent
 * silent for one interval ourselves --&gt; beat; for more than two --&gt; {@link #ownSilence()}
 * no byte read for two intervals    --&gt; {@link #PEER_SILENT}, up the pipeline
 * </pre>
 *
 * <p>While reads are paused nothing is read, so silence proves nothing and its watch is suspended; it starts anew when reads
 * go on. Our own beats go out all the time. Confined to the event loop.
 */
public final class HeartbeatHandler extends ChannelDuplexHandler {

    /** The event that says that nothing came for two intervals. */
    static final Object PEER_SILENT = new Object() {
        @Override
        public String toString() {
            return "PEER_SILENT";
        }
    };

    /** A watch that rings later than this was held up by this thread's own work: bytes may lie unread in the socket. */
    private static final long HELD_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Heartbeat heartbeat;
    private final WriteQueue queue;
    private final EventExecutor loop;
    private final long intervalNanos;
    private final OwnSilence ownSilence;

    private @Nullable ChannelHandlerContext context;
    private long lastReadNanos;
    private boolean running;
    private boolean suspended;
    private @Nullable ScheduledFuture<?> beatTimer;
    private @Nullable ScheduledFuture<?> silenceTimer;

    /** A handler that does nothing until it is started. */
    public HeartbeatHandler(Heartbeat heartbeat, WriteQueue queue, EventExecutor loop) {
        this.heartbeat = heartbeat;
        this.queue = queue;
        this.loop = loop;
        this.intervalNanos = heartbeat.isOn() ? heartbeat.interval().toNanos() : 0;
        this.ownSilence = new OwnSilence(2 * intervalNanos);
    }

    /** Asks for heartbeats and starts both watches, if heartbeats are on. */
    void start() {
        if (!heartbeat.isOn() || running) {
            return;
        }
        running = true;
        queue.heartbeatStart(heartbeat.interval());
        ownSilence.start(now());
        beatIn(intervalNanos);
        resume();
    }

    /** The peer asked for a sign of life. */
    void answer() {
        queue.beat();
    }

    /** How long we had sent nothing, if it was so long that the peer may have closed for it; zero if not, or without heartbeats. */
    Duration ownSilence() {
        return running ? Duration.ofNanos(ownSilence.before(now())) : Duration.ZERO;
    }

    /** Reads are paused. */
    void suspend() {
        suspended = true;
        cancel(silenceTimer);
    }

    /** Reads go on. */
    void resume() {
        suspended = false;
        if (running) {
            lastReadNanos = now();
            watchIn(2 * intervalNanos);
        }
    }

    /** Ends both watches. */
    void stop() {
        running = false;
        cancel(beatTimer);
        cancel(silenceTimer);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (running) {
            lastReadNanos = now();
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (running) {
            ownSilence.wrote(now());
        }
        var unused = ctx.write(message, promise);
    }

    private void beatWhenSilent() {
        long silent = ownSilence.sinceWrite(now());
        if (silent < intervalNanos) {
            beatIn(intervalNanos - silent);
            return;
        }
        if (queue.isEmpty()) {
            // what waits in a queue that is not empty will be the sign of life
            queue.beat();
        }
        beatIn(intervalNanos);
    }

    private void checkSilence(long dueNanos) {
        long now = now();
        long left = lastReadNanos + 2 * intervalNanos - now;
        if (left > 0) {
            watchIn(left);
        } else if (now - dueNanos > HELD_UP_NANOS) {
            watchIn(HELD_UP_NANOS / 2);
        } else {
            requireNonNull(context).fireUserEventTriggered(PEER_SILENT);
        }
    }

    private void beatIn(long nanos) {
        beatTimer = loop.schedule(this::beatWhenSilent, nanos, TimeUnit.NANOSECONDS);
    }

    private void watchIn(long nanos) {
        cancel(silenceTimer);
        if (running && !suspended) {
            long due = now() + nanos;
            silenceTimer = loop.schedule(() -> checkSilence(due), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private long now() {
        return loop.ticker().nanoTime();
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
