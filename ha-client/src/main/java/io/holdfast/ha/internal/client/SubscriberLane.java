package io.holdfast.ha.internal.client;

import io.holdfast.client.Limits;
import io.holdfast.client.connect.Connection;
import io.holdfast.client.message.Message;
import io.holdfast.client.subscribe.OverflowPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue of one subscription, filled on the connection's thread and emptied on the delivery executor, a batch a
 * turn. The lock is held to move one message, never while the handler or the transport is called.
 *
 * <p>With {@link OverflowPolicy#PAUSE} the lane pauses the connection in the delivery that fills it: {@link ReadPause}. It outlives connections, so
 * that a further one may add a single message to a full lane.
 */
final class SubscriberLane implements Lane {

    private static final int BATCH = 64;

    private final HandlerCall handler;
    private final OverflowPolicy policy;
    private final BlockingGuard guard;
    private final BiConsumer<Overflow, Connection> onOverflow;
    private final Turns turns;
    private final Gate gate = new Gate();

    /** The slot that the next message is copied to; the connection's thread's. */
    private LaneMessage filling = new LaneMessage();

    /** The receipts of what it dropped for the last message; the connection's thread's. */
    private long firstDropped;

    private long lastDropped;

    private final Object lock = new Object();
    private final LaneQueue queue;
    private final ReadPause pause;
    private boolean ended;
    private long delivered;
    private long dropped;

    /**
     * What waited when a lane was ended because one more came.
     *
     * @param messages how many
     * @param bytes their payloads together
     */
    record Overflow(int messages, long bytes) {}

    /**
     * A lane, empty.
     *
     * @param onOverflow told once, on the connection's thread, when {@link OverflowPolicy#FAIL} ended the lane
     */
    SubscriberLane(
            HandlerCall handler,
            OverflowPolicy policy,
            Limits limits,
            Executor executor,
            BlockingGuard guard,
            Pauses pauses,
            BiConsumer<Overflow, Connection> onOverflow) {
        this.handler = handler;
        this.policy = policy;
        this.guard = guard;
        this.onOverflow = onOverflow;
        this.pause = new ReadPause(pauses);
        this.queue = new LaneQueue(limits.laneMessages(), limits.laneBytes());
        this.turns = new Turns(executor, this::turn);
    }

    @Override
    public void offer(Message view, long receipt, Connection from) {
        if (gate.isShut()) {
            return;
        }
        filling.set(view, receipt);
        Overflow overflow = null;
        boolean full = false;
        synchronized (lock) {
            if (ended) {
                return;
            }
            if (policy == OverflowPolicy.FAIL && !queue.fits(filling.length())) {
                overflow = new Overflow(queue.size(), queue.bytes());
                ended = true;
                dropped += queue.clear() + 1L;
            } else {
                pause.deliveredBy(from);
                makeRoom();
                queue.add(filling);
                filling = queue.slot();
                full = policy == OverflowPolicy.PAUSE && queue.isFull();
                if (full) {
                    pause.wanted();
                }
            }
        }
        if (overflow != null) {
            end();
            onOverflow.accept(overflow, from);
            return;
        }
        if (full) {
            pause(from);
        }
        if (lastDropped > 0) {
            handler.dropped(firstDropped, lastDropped);
        }
        turns.wake();
    }

    private void makeRoom() {
        firstDropped = 0;
        lastDropped = 0;
        while (policy == OverflowPolicy.DROP_OLDEST && !queue.fits(filling.length())) {
            LaneMessage oldest = queue.poll();
            if (oldest != null) {
                if (oldest.receipt() > 0) { // else there is nothing to acknowledge
                    firstDropped = firstDropped == 0 ? oldest.receipt() : firstDropped;
                    lastDropped = oldest.receipt();
                }
                queue.recycle(oldest);
                dropped++;
            }
        }
    }

    private void pause(Connection from) {
        from.pauseReads();
        boolean stays;
        synchronized (lock) {
            stays = pause.made(from, !ended && !queue.isHalfEmpty());
        }
        if (!stays) {
            from.resumeReads();
        }
    }

    private boolean turn() {
        if (!gate.enter()) {
            return false;
        }
        Object before = guard.enter(this);
        LaneMessage message = null;
        try {
            for (int i = 0; i < BATCH; i++) {
                message = next(message);
                if (message == null) {
                    return false;
                }
                handler.call(message, message.receipt());
            }
        } finally {
            gate.leave(); // first: the stages it completes must not wait on this thread either
            guard.exit(before);
        }
        return finish(message);
    }

    /** Gives back the message that was handled, and takes the next. */
    private @Nullable LaneMessage next(@Nullable LaneMessage handled) {
        LaneMessage next;
        Connection resume;
        synchronized (lock) {
            if (handled != null) {
                queue.recycle(handled);
            }
            next = ended ? null : queue.poll();
            if (next != null) {
                delivered++;
            }
            resume = queue.isHalfEmpty() ? pause.take() : null;
        }
        if (resume != null) {
            resume.resumeReads();
        }
        return next;
    }

    private boolean finish(@Nullable LaneMessage handled) {
        synchronized (lock) {
            if (handled != null) {
                queue.recycle(handled);
            }
            return queue.size() > 0;
        }
    }

    @Override
    public void disconnected() {
        synchronized (lock) {
            pause.ended();
        }
    }

    @Override
    public void end() {
        gate.shut();
        Connection resume;
        synchronized (lock) {
            ended = true;
            queue.clear();
            resume = pause.take();
        }
        if (resume != null) {
            resume.resumeReads();
        }
    }

    @Override
    public boolean isEnded() {
        return gate.isShut();
    }

    @Override
    public CompletionStage<Void> quiet() {
        return guard.isInside(this) ? CompletableFuture.completedFuture(null) : gate.quiet();
    }

    @Override
    public long delivered() {
        synchronized (lock) {
            return delivered;
        }
    }

    @Override
    public long dropped() {
        synchronized (lock) {
            return dropped;
        }
    }

    @Override
    public int waiting() {
        synchronized (lock) {
            return queue.size();
        }
    }
}
