package io.holdfast.netty.internal.write;

import io.holdfast.client.Limits;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.FrameTooLargeException;
import io.holdfast.client.message.Command;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.netty.internal.header.HeaderEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be written: frames, encoded by the threads that send them, one behind the other in one buffer.
 *
 * <p>The order of the calls is the order on the wire, since a frame is encoded under the lock that orders the calls. A
 * publish makes no garbage: it becomes bytes in the batch, and the one drain task is scheduled once for all that come before
 * it runs. Nothing is called out under the lock but the payload's copy, which is told not to block.
 *
 * <p>Thread-safe, but for {@link #drain} and {@link #end}, which belong to the event loop.
 */
public final class WriteQueue {

    private static final Logger LOG = LoggerFactory.getLogger(WriteQueue.class);

    /** A long batch is written in pieces of this many bytes, so that the room they leave is seen piece by piece. */
    private static final int PIECE = 256 << 10;

    private final Channel channel;
    private final int maxFrameBytes;
    private final Runnable drainTask = this::drain;
    private final Object lock = new Object();

    // guarded by the lock
    private final Room room;
    private final Batch batch;
    private boolean drainScheduled;
    private boolean beatInBatch;
    private @Nullable Disconnect disconnect;

    /** Confined to the event loop. */
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();

    /** A queue in front of this channel, bounded by {@link Limits#writeQueueBytes()}. */
    public WriteQueue(Channel channel, Limits limits) {
        this.channel = channel;
        this.maxFrameBytes = limits.maxFrameBytes();
        this.batch = new Batch(channel.alloc(), maxFrameBytes);
        this.room = new Room(limits.writeQueueBytes());
    }

    /** The bound in bytes. */
    public int bound() {
        return room.bound();
    }

    /**
     * Takes a publish.
     *
     * @return whether there was room; see {@link #writable()}
     * @throws FrameTooLargeException if the frame is; nothing of it stays
     * @throws DisconnectedException if the connection has ended or is being closed
     */
    public boolean publish(PublishRequest request, long sequence) {
        return offer(
                HeaderEncoder::writePublish,
                request,
                sequence,
                request.payload().length());
    }

    /** Takes a command, with the same rules; {@code commandId} is -1 for a command that nobody answers. */
    public boolean command(Command command, long commandId) {
        return offer(
                HeaderEncoder::writeCommand,
                command,
                commandId,
                command.payload().length());
    }

    /** Asks the broker for heartbeats: the first frame of a session. */
    public void heartbeatStart(Duration interval) {
        force((out, every, none) -> HeaderEncoder.writeHeartbeatStart(out, every), interval);
    }

    /**
     * Sends a sign of life, past the bound: a full queue must not cost us the connection. One per batch is enough, so a
     * peer that floods us with heartbeats and reads no answers makes us keep no more than one.
     */
    public void beat() {
        synchronized (lock) {
            if (beatInBatch) {
                return;
            }
            beatInBatch = true;
        }
        force((out, queue, none) -> HeaderEncoder.writeHeartbeat(out), this);
    }

    /** Whether nothing waits and everything was written. */
    public boolean isEmpty() {
        synchronized (lock) {
            return room.isEmpty();
        }
    }

    /** Completes, on the event loop, when the refused may try again; at once if nobody was refused. */
    public CompletionStage<@Nullable Void> writable() {
        synchronized (lock) {
            if (disconnect != null) {
                return CompletableFuture.failedFuture(new DisconnectedException(disconnect));
            }
            CompletableFuture<@Nullable Void> stage = room.stage();
            return stage == null ? CompletableFuture.completedFuture(null) : stage.minimalCompletionStage();
        }
    }

    /**
     * Takes nothing more, and tells {@code reason} to whoever comes. On the event loop.
     *
     * @return completes when everything taken has been written; never, if the connection ends before
     */
    public CompletionStage<@Nullable Void> finish(Disconnect reason) {
        boolean empty;
        synchronized (lock) {
            disconnect = disconnect == null ? reason : disconnect;
            empty = room.isEmpty();
        }
        if (empty) {
            drained.complete(null);
        }
        return drained;
    }

    /** Drops what was not written, and tells {@code reason} to whoever waits or comes. On the event loop. */
    public void end(Disconnect reason) {
        CompletableFuture<@Nullable Void> refused;
        synchronized (lock) {
            disconnect = reason;
            refused = room.takeWaiting();
            batch.release();
        }
        if (refused != null) {
            refused.completeExceptionally(new DisconnectedException(reason));
        }
    }

    private <T> boolean offer(Batch.Encoder<T> encoder, T what, long number, int bodyBytes) {
        if (bodyBytes > maxFrameBytes) {
            throw new FrameTooLargeException(bodyBytes, maxFrameBytes);
        }
        boolean wake;
        synchronized (lock) {
            if (disconnect != null) {
                throw new DisconnectedException(disconnect);
            }
            // the body alone tells most refusals, before anything is copied
            if (!room.fits(bodyBytes)) {
                room.refused(bodyBytes);
                return false;
            }
            int size = batch.append(encoder, what, number);
            if (!room.fits(size)) {
                batch.takeBack(size);
                room.refused(size);
                return false;
            }
            wake = added(size);
        }
        wakeDrain(wake);
        return true;
    }

    private <T> void force(Batch.Encoder<T> encoder, T what) {
        boolean wake;
        synchronized (lock) {
            if (disconnect != null) {
                return;
            }
            wake = added(batch.append(encoder, what, -1));
        }
        wakeDrain(wake);
    }

    /** Counts a frame; returns whether the drain has to be woken. */
    private boolean added(int bytes) {
        room.added(bytes);
        boolean wake = !drainScheduled;
        drainScheduled = true;
        return wake;
    }

    private void wakeDrain(boolean wake) {
        if (wake) {
            try {
                channel.eventLoop().execute(drainTask);
            } catch (RejectedExecutionException e) {
                // the loop has ended, and before that it closed the channel: end() has released the batch
                LOG.debug("frames dropped: the event loop has ended", e);
            }
        }
    }

    /** Writes the batch with one flush, unless the channel is full; then {@link WritabilityHandler} calls again. */
    void drain() {
        if (!channel.isWritable()) {
            return;
        }
        ByteBuf out;
        synchronized (lock) {
            drainScheduled = false;
            beatInBatch = false;
            out = batch.take();
        }
        if (out == null) {
            return;
        }
        while (out.readableBytes() > PIECE) {
            write(out.readRetainedSlice(PIECE));
        }
        write(out);
        channel.flush();
    }

    private void write(ByteBuf piece) {
        int bytes = piece.readableBytes();
        channel.write(piece).addListener(written -> {
            Throwable cause = written.cause();
            if (cause == null) {
                written(bytes);
            } else if (!(cause instanceof ClosedChannelException)) {
                // the channel does not pass on what a write ran into; a closed channel speaks for itself
                channel.pipeline().fireExceptionCaught(cause);
            }
        });
    }

    private void written(int bytes) {
        CompletableFuture<@Nullable Void> refused;
        boolean finished;
        synchronized (lock) {
            refused = room.removed(bytes);
            finished = disconnect != null && room.isEmpty();
        }
        if (refused != null) {
            refused.complete(null);
        }
        if (finished) {
            drained.complete(null);
        }
    }
}
