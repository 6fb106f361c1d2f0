package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.PublishDroppedException;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what is stored and not written, in order, in chunks, until nothing is left or the line takes no more; bodies are read
 * without the lock. New messages go past it, straight to the line, exactly while nothing older waits.
 *
 * <p>Turns run on an executor, one at a time; {@link #wake()} from any thread, without the lock.
 */
final class StoreReplayer {

    private static final Logger LOG = LoggerFactory.getLogger(StoreReplayer.class);
    private static final int MOST_MESSAGES = 64;
    private static final long MOST_BYTES = 1 << 20;
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final PublishLine line;
    private final FailedWrites failedWrites;
    private final PublishAcks acks;
    private final Turns turns;
    private @Nullable Resume resume;

    StoreReplayer(PublishLine line, FailedWrites failedWrites, PublishAcks acks, Executor executor) {
        this.line = line;
        this.failedWrites = failedWrites;
        this.acks = acks;
        this.turns = new Turns(executor, this::turn);
    }

    /**
     * What a session waits for: everything up to an id is written on its connection, or as much as may be unacknowledged. How long a
     * broker takes to confirm that is its own affair; subscriptions do not wait for it.
     */
    private record Resume(Connection to, long throughId, CompletableFuture<Void> done) {}

    /** Completes when what is stored now has been written to this connection, as far as the window goes. With the lock held. */
    CompletableFuture<Void> resume(Connection to) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        resume = new Resume(to, line.store().lastId(), done);
        return done;
    }

    /** There may be something to write. */
    void wake() {
        try {
            turns.wake();
        } catch (RejectedExecutionException e) {
            // The client is being closed: what is not written stays stored, and that is told by closing.
        }
    }

    /** One read of the store and what became of it. */
    private record Loaded(StoredPublish entry, @Nullable PublishRequest request) {}

    private boolean turn() {
        Connection to;
        List<StoredPublish> chunk;
        line.lock();
        try {
            to = line.connection();
            chunk = line.isReady() ? line.store().nextToWrite(MOST_MESSAGES, MOST_BYTES) : List.of();
        } finally {
            line.unlock();
        }
        if (to == null) {
            return false;
        }
        boolean more;
        try {
            more = write(to, load(chunk));
        } catch (RuntimeException | Error e) { // of the transport too, such as memory that is used up
            failed(to, e);
            return false;
        }
        resumed(to);
        return more;
    }

    private List<Loaded> load(List<StoredPublish> chunk) {
        PublishStore store = line.store();
        List<Loaded> loaded = new ArrayList<>(chunk.size());
        for (StoredPublish entry : chunk) {
            loaded.add(new Loaded(entry, store.read(entry)));
        }
        return loaded;
    }

    /** Returns whether there is more to write. */
    private boolean write(Connection to, List<Loaded> chunk) {
        List<Loaded> unsendable = new ArrayList<>();
        List<RuntimeException> reasons = new ArrayList<>();
        boolean more;
        line.lock();
        try {
            for (Loaded next : chunk) {
                PublishRequest request = next.request();
                if (!line.isOpenTo(to) || !line.isReady()) {
                    break;
                }
                if (request == null || line.store().nextToWrite() != next.entry()) {
                    continue; // settled or dropped while it was read
                }
                try {
                    if (!line.write(next.entry(), request)) {
                        break;
                    }
                } catch (DisconnectedException e) {
                    line.pause(); // its end is being told
                } catch (RuntimeException e) {
                    line.store().take(next.entry().id());
                    line.roomChanged();
                    unsendable.add(next);
                    reasons.add(e);
                }
            }
            more = line.isOpenTo(to) && line.isReady() && line.store().nextToWrite() != null;
        } finally {
            line.unlock();
        }
        for (int i = 0; i < unsendable.size(); i++) {
            StoredPublish entry = unsendable.get(i).entry();
            RuntimeException reason = reasons.get(i);
            failedWrites.failed(
                    entry,
                    reason instanceof MessagingException known
                            ? known
                            : new PublishDroppedException(
                                    entry.topic(),
                                    entry.id(),
                                    SequenceNumber.NONE,
                                    "the transport cannot send it: " + reason));
        }
        if (!unsendable.isEmpty()) {
            acks.settledOtherwise();
        }
        return more;
    }

    /** Tells the session if what it waits for is written. */
    void resumed(Connection to) {
        Resume waiting = null;
        line.lock();
        try {
            Resume current = resume;
            StoredPublish next = line.store().nextToWrite();
            if (current != null && current.to() == to && isWritten(current, next)) {
                waiting = current;
                resume = null;
            }
        } finally {
            line.unlock();
        }
        if (waiting != null) {
            waiting.done().complete(null);
        }
    }

    private boolean isWritten(Resume awaited, @Nullable StoredPublish next) {
        return next == null || next.id() > awaited.throughId() || line.isWindowFull();
    }

    /** The store cannot be read, its numbers are used up, or the transport fails: this session is of no use. */
    void failed(Connection to, Throwable failure) {
        Resume waiting = null;
        line.lock();
        try {
            Resume current = resume;
            if (current != null && current.to() == to) {
                waiting = current;
                resume = null;
            }
            if (line.isOpenTo(to)) {
                line.pause();
            }
        } finally {
            line.unlock();
        }
        if (waiting != null) {
            waiting.done().completeExceptionally(failure);
            return;
        }
        if (failure instanceof MessagingException known) {
            failedWrites.lineFailed(known);
        } else {
            LOG.error("HF-1015 internal-error detail=\"writing what is stored failed\"", failure);
        }
        to.close(AT_ONCE);
    }

    /** The connection is gone: whoever waited for it knows. With the lock held. */
    @Nullable
    CompletableFuture<Void> abandon() {
        Resume current = resume;
        resume = null;
        return current == null ? null : current.done();
    }
}
