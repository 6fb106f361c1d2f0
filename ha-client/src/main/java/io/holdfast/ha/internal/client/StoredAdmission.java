package io.holdfast.ha.internal.client;

import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import java.util.List;

/**
 * Stores a message and, if nothing older waits, writes it: one step under the line's lock, so that the order on the wire is the
 * order of storing, and that is the order of the calls. Thread-safe.
 */
final class StoredAdmission implements Admission {

    private final PublisherSetup setup;
    private final PublishLine line;
    private final PublishStore store;
    private final PublishAcks acks;
    private final FailedWrites failedWrites;

    StoredAdmission(PublisherSetup setup, PublishLine line, PublishAcks acks, FailedWrites failedWrites) {
        this.setup = setup;
        this.line = line;
        this.store = line.store();
        this.acks = acks;
        this.failedWrites = failedWrites;
    }

    @Override
    public StoredPublish publish(PublishRequest request, StoreFullPolicy policy) {
        PublishRoom room = null;
        StoredPublish entry;
        line.lock();
        try {
            checkOpen();
            while (!store.hasRoomFor(request)) {
                room = room == null ? new PublishRoom(line, policy, setup.timeout(), setup.guard()) : room;
                room.inStore();
                checkOpen();
            }
            entry = store.append(request);
            if (line.isReady() && store.nextToWrite() == entry) {
                writeAtOnce(entry, request);
            }
        } finally {
            line.unlock();
            if (room != null) {
                tellDropped(room.dropped());
            }
        }
        awaitDurable(entry);
        return entry;
    }

    /** Without the lock. The message is stored and may be on the wire: it was published whatever the disk says. */
    private void awaitDurable(StoredPublish entry) {
        try {
            store.awaitDurable(setup.timeout());
        } catch (StoreException e) {
            throw new StoreException(e.path(), entry.id(), entry::persisted, e);
        }
    }

    private void checkOpen() {
        MessagingException closed = setup.closed().get();
        if (closed != null) {
            throw closed;
        }
        if (line.isEnded()) {
            throw setup.refusal().get();
        }
    }

    private void writeAtOnce(StoredPublish entry, PublishRequest request) {
        boolean sendable = false;
        try {
            line.write(entry, request);
            sendable = true;
        } catch (DisconnectedException e) {
            line.pause(); // its end is being told; the message waits for the next connection
            sendable = true;
        } finally {
            if (!sendable && store.take(entry.id()) != null) {
                store.forget(entry);
            }
        }
    }

    private void tellDropped(List<StoredPublish> dropped) {
        dropped.forEach(entry -> failedWrites.dropped(entry, "the publish store was full"));
        if (!dropped.isEmpty()) {
            acks.settledOtherwise();
        }
    }
}
