package io.holdfast.netty.internal.session;

import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Command;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that are on their way, by their ids.
 *
 * <pre>
 * caller      register --&gt; [id, waiting] -- write queue takes it --&gt; sent: its deadline runs
 * event loop  ack --&gt; the reply, or a further ack;   deadline --&gt; timed out;   end --&gt; all fail
 * </pre>
 *
 * <p>The unanswered are bounded. An answered command stays only while acks that it asked for are still to come, until its
 * holder forgets it. Ids grow from 1 (0 is the logon's), so an id that was never issued is told from one that is done.
 *
 * <p>{@link #register}, {@link #sent} and {@link #withdraw} from any thread, the rest on the event loop.
 */
final class PendingCommands {

    private static final Logger LOG = LoggerFactory.getLogger(PendingCommands.class);

    private final EventExecutor loop;
    private final int bound;
    private final Deadlines deadlines;
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Map<Long, PendingReply> byId = new ConcurrentHashMap<>();

    PendingCommands(EventExecutor loop, int bound) {
        this.loop = loop;
        this.bound = bound;
        this.deadlines = new Deadlines(loop, this::timeOut);
    }

    int bound() {
        return bound;
    }

    /** Issues an id and a place, or returns {@code null} if as many as allowed are unanswered. */
    @Nullable
    PendingReply register(Command command, Duration timeout, Consumer<Ack> furtherAcks) {
        if (unanswered.incrementAndGet() > bound) {
            unanswered.decrementAndGet();
            return null;
        }
        PendingReply pending = new PendingReply(
                lastId.incrementAndGet(), deadlines.after(timeout), command, timeout, furtherAcks, this::forget);
        byId.put(pending.id, pending);
        return pending;
    }

    /** The command is in the write queue. */
    void sent(PendingReply pending) {
        onLoop(() -> {
            if (!pending.isAnswered()) {
                deadlines.add(pending);
            }
        });
    }

    /** The command was not sent. */
    void withdraw(PendingReply pending, Throwable cause) {
        byId.remove(pending.id);
        unanswered.decrementAndGet();
        pending.fail(cause);
    }

    /** Gives an ack with a command id to its command. */
    Outcome onAck(long id, Ack ack) {
        PendingReply pending = byId.get(id);
        if (pending == null) {
            return id >= 1 && id <= lastId.get() ? Outcome.NOT_PENDING : Outcome.NEVER_ISSUED;
        }
        if (pending.isAnsweredBy(ack)) {
            settle(pending);
            pending.answer(ack);
        } else {
            pending.further(ack);
        }
        if (pending.isComplete()) {
            byId.remove(id);
        }
        return Outcome.DELIVERED;
    }

    /** Fails every unanswered command. */
    void end(Throwable cause) {
        deadlines.clear();
        for (PendingReply pending : new ArrayList<>(byId.values())) {
            byId.remove(pending.id);
            pending.fail(cause);
        }
    }

    /** How many commands are known, for tests. */
    int size() {
        return byId.size();
    }

    private void timeOut(PendingReply pending) {
        byId.remove(pending.id);
        unanswered.decrementAndGet();
        pending.timeOut();
    }

    private void forget(PendingReply pending) {
        byId.remove(pending.id);
        onLoop(() -> {
            if (!pending.isAnswered()) {
                settle(pending);
                pending.cancel();
            }
        });
    }

    private void settle(PendingReply pending) {
        deadlines.remove(pending);
        unanswered.decrementAndGet();
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // the loop has ended, and before that the connection, which failed every command
            LOG.debug("the event loop has ended", e);
        }
    }

    /** What became of an ack. */
    enum Outcome {
        /** It found its command. */
        DELIVERED,
        /** Its command was answered, timed out, or was forgotten. */
        NOT_PENDING,
        /** No command had this id. */
        NEVER_ISSUED
    }
}
