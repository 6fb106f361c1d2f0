package io.holdfast.ha.internal.store;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.publish.PublishRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link PublishStore} keeps bodies and what it must know again: nowhere, in memory, in files.
 *
 * <p>Methods that change something are called by one thread at a time, under the lock of the store's owner, unless they say
 * otherwise.
 */
interface PublishLog {

    /** Whether a message can be read again after it was written once. */
    boolean keepsMessages();

    /** What was there when the log was opened; to be asked once. */
    Found found();

    /**
     * What a log held when it was opened.
     *
     * @param state as it was kept last
     * @param messages what is not settled, in the order of ids
     */
    record Found(LogState state, List<StoredPublish> messages) {}

    /**
     * Keeps a message whose id is set. It survives the process when this returns.
     *
     * @param replaces the id of a message that is settled by this one being here; 0 for none
     * @throws StoreException if it cannot be kept; then nothing was
     */
    void append(StoredPublish entry, PublishRequest request, long replaces);

    /**
     * Returns when everything appended so far is as durable as the log promises. Any thread, without a lock held.
     *
     * @param timeout how long it waits at most
     * @throws StoreException if it cannot be made so, or was not in time: nobody knows then whether it is
     */
    void awaitDurable(Duration timeout);

    /**
     * The message itself; {@code null} if it was forgotten meanwhile. Any thread; may read from a disk.
     *
     * @throws StoreException if it cannot be read
     */
    @Nullable
    PublishRequest read(StoredPublish entry);

    /** A message is settled. */
    void forget(StoredPublish entry);

    /** A message under its former id and at its former place is settled, since it was appended again. */
    void replaced(long formerId, long formerPlace);

    /**
     * Messages will be written under this state: completes when it is durable, exceptionally with {@link StoreException} if
     * it cannot be.
     */
    CompletionStage<Void> writing(LogState state);

    /** Nothing is written any more. */
    void idle(LogState state);

    /** Whether it is on a disk: outlives the process, and may have to wait. */
    boolean isOnDisk();

    /** Ends it; what is not settled stays where it is durable. Any thread, once. */
    void close(LogState state, Duration timeout);
}
