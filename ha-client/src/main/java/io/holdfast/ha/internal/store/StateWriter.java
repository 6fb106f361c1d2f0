package io.holdfast.ha.internal.store;

import io.holdfast.client.error.StoreException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a log's state down when writing to a connection begins and ends, in that order, on the store's thread. */
final class StateWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StateWriter.class);

    private final StoreThread thread;
    private final ReentrantLock lock;
    private final LogFiles files;
    private final LogCondition condition;
    private final LogDurability durability;

    StateWriter(
            StoreThread thread, ReentrantLock lock, LogFiles files, LogCondition condition, LogDurability durability) {
        this.thread = thread;
        this.lock = lock;
        this.files = files;
        this.condition = condition;
        this.durability = durability;
    }

    /** See {@link PublishLog#writing}. */
    CompletionStage<Void> writing(LogState now) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    keep(now);
                    durability.await(LogDurability.PATIENCE_NANOS);
                    durable.complete(null);
                } catch (StoreException e) {
                    durable.completeExceptionally(e);
                } catch (RuntimeException | Error e) {
                    durable.completeExceptionally(condition.unavailable(e)); // or the session would wait for ever
                    throw e;
                }
            });
        } catch (RejectedExecutionException e) {
            durable.completeExceptionally(condition.over());
        }
        return durable;
    }

    /** See {@link PublishLog#idle}. */
    void idle(LogState now) {
        try {
            thread.execute(() -> {
                try {
                    keep(now);
                } catch (StoreException e) {
                    // Without it the next start takes more messages for written than were: no harm.
                    LOG.debug("the end of writing was not noted", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the end of writing is noted by closing", e);
        }
    }

    private void keep(LogState now) {
        lock.lock();
        try {
            condition.check();
            files.keep(now);
        } catch (IOException e) {
            throw condition.unavailable(e);
        } finally {
            lock.unlock();
        }
    }
}
