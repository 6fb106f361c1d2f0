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
 * <p>With {@link OverflowPolicy#PAUSE} the lane pauses the connection in the delivery that fills it:
 * <pre>
 * NONE --full--&gt; WANTED --connection.pauseReads() returned--&gt; ON --half empty, or ended--&gt; NONE, connection.resumeReads()
 * </pre>
 * WANTED keeps the other side from taking back a pause that has not been made yet.
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

    private final Object lock = new Object();
    private final LaneQueue queue;
    private Pause pause = Pause.NONE;
    private @Nullable Connection paused;
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

    private enum Pause {
        NONE,
        WANTED,
        ON
    }

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
            BiConsumer<Overflow, Connection> onOverflow) {
        this.handler = handler;
        this.policy = policy;
        this.guard = guard;
        this.onOverflow = onOverflow;
        this.queue = new LaneQueue(limits.laneMessages(), limits.laneBytes());
        this.turns = new Turns(executor, this::turn);
    }

    @Override
    public void offer(Message view, Connection from) {
        if (gate.isShut()) {
            return;
        }
        filling.set(view);
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
                makeRoom();
                queue.add(filling);
                filling = queue.slot();
                full = policy == OverflowPolicy.PAUSE && queue.isFull();
                pause = full ? Pause.WANTED : pause;
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
        turns.wake();
    }

    private void makeRoom() {
        if (pause != Pause.NONE) {
            throw new IllegalStateException("the transport delivered a message while reads were paused");
        }
        while (policy == OverflowPolicy.DROP_OLDEST && !queue.fits(filling.length())) {
            LaneMessage oldest = queue.poll();
            if (oldest != null) {
                queue.recycle(oldest);
                dropped++;
            }
        }
    }

    private void pause(Connection from) {
        from.pauseReads();
        synchronized (lock) {
            if (!ended && !queue.isHalfEmpty()) {
                pause = Pause.ON;
                paused = from;
                return;
            }
            pause = Pause.NONE;
        }
        from.resumeReads();
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
                handler.call(message);
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
            resume = queue.isHalfEmpty() ? takePause() : null;
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

    private @Nullable Connection takePause() {
        if (pause != Pause.ON) {
            return null;
        }
        Connection resume = paused;
        pause = Pause.NONE;
        paused = null;
        return resume;
    }

    @Override
    public void end() {
        gate.shut();
        Connection resume;
        synchronized (lock) {
            ended = true;
            queue.clear();
            resume = takePause();
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
