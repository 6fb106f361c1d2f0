package io.holdfast.ha.internal.client;

import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.PublishDroppedException;
import io.holdfast.client.error.PublishInDoubtException;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.Untrusted;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.FailedWrite;
import io.holdfast.client.publish.FailedWriteHandler;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of publishes that fail: the stage somebody asked for, and the handler with the message, or else the listener. Only
 * then the store may forget them. Any thread, without a lock held.
 */
final class FailedWrites {

    private static final Logger LOG = LoggerFactory.getLogger(FailedWrites.class);

    private final PublishStore store;
    private final @Nullable FailedWriteHandler handler;
    private final Executor reader;
    private final ListenerDispatch dispatch;
    private final String clientName;

    /**
     * A teller.
     *
     * @param reader reads messages from a store that may wait for a disk
     */
    FailedWrites(
            PublishStore store,
            @Nullable FailedWriteHandler handler,
            Executor reader,
            ListenerDispatch dispatch,
            String clientName) {
        this.store = store;
        this.handler = handler;
        this.reader = reader;
        this.dispatch = dispatch;
        this.clientName = clientName;
    }

    /** One publish has failed; it is out of the window. */
    void failed(StoredPublish entry, MessagingException failure) {
        boolean told = entry.failed(failure);
        FailedWriteHandler to = handler;
        if (to == null) {
            store.forget(entry);
            if (!told) {
                listener(List.of(entry), failure);
            }
        } else {
            hand(entry, failure, to);
        }
    }

    private void hand(StoredPublish entry, MessagingException failure, FailedWriteHandler to) {
        SequenceNumber sequence = entry.sequence();
        long id = entry.id();
        Runnable task = () -> {
            FailedWrite failed = new FailedWrite(id, sequence, Optional.ofNullable(read(entry)), failure);
            store.forget(entry);
            dispatch.tellHandler(
                    client -> to.onFailedWrite(client, failed),
                    (log, client) -> log.onPublishFailed(client, List.of(entry), failure));
        };
        if (!store.isOnDisk()) {
            task.run();
            return;
        }
        try {
            reader.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("a failed write stays in the store of {}, which is being closed", clientName);
        }
    }

    private @Nullable PublishRequest read(StoredPublish entry) {
        try {
            return store.read(entry);
        } catch (StoreException e) {
            LOG.debug("the message of a failed write cannot be read", e);
            return null;
        }
    }

    /** Several have failed for one reason, and are not kept: told in one call. */
    void allFailed(@Nullable StoredPublish chain, MessagingException failure) {
        List<PublishResult> untold = new ArrayList<>();
        StoredPublish entry = chain;
        while (entry != null) {
            StoredPublish next = entry.unlink();
            store.forget(entry);
            if (!entry.failed(failure)) {
                untold.add(entry);
            }
            entry = next;
        }
        if (!untold.isEmpty()) {
            listener(untold, failure);
        }
    }

    /** Messages in doubt are given up. */
    void inDoubt(@Nullable StoredPublish chain, SequenceNumber foreign) {
        StoredPublish entry = chain;
        while (entry != null) {
            StoredPublish next = entry.unlink();
            failed(entry, new PublishInDoubtException(entry.topic(), entry.id(), foreign));
            entry = next;
        }
    }

    /** A message was given up. */
    void dropped(StoredPublish entry, String why) {
        failed(entry, new PublishDroppedException(entry.topic(), entry.id(), entry.sequence(), why));
    }

    private void listener(List<PublishResult> untold, MessagingException failure) {
        List<PublishResult> publishes = List.copyOf(untold);
        dispatch.tell((to, client) -> to.onPublishFailed(client, publishes, failure));
    }

    /** A connection is given up because of the store. */
    void lineFailed(MessagingException failure) {
        LOG.error(
                "HF-2305 store-not-sent client_name={} detail=\"{}\"",
                Untrusted.escape(clientName),
                Untrusted.escape(failure.getMessage()));
    }
}
