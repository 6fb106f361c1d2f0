package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.StoredPublish;
import org.jspecify.annotations.Nullable;

/** Without a store that keeps messages: the connection takes one, or it was never published. Thread-safe. */
final class DirectAdmission implements Admission {

    private final PublisherSetup setup;
    private final PublishLine line;
    private final PublishStore store;

    DirectAdmission(PublisherSetup setup, PublishLine line) {
        this.setup = setup;
        this.line = line;
        this.store = line.store();
    }

    @Override
    public StoredPublish publish(PublishRequest request, StoreFullPolicy policy) {
        PublishRoom room = null;
        line.lock();
        try {
            while (true) {
                Connection to = line.connection();
                if (to == null || line.isEnded()) {
                    throw setup.refusal().get();
                }
                StoredPublish entry = line.isReady() ? tryWrite(to, request) : null;
                if (entry != null) {
                    return entry;
                }
                if (!line.isReady()) {
                    room = room == null ? new PublishRoom(line, policy, setup.timeout(), setup.guard()) : room;
                    room.onLine();
                }
            }
        } finally {
            line.unlock();
        }
    }

    private @Nullable StoredPublish tryWrite(Connection to, PublishRequest request) {
        StoredPublish entry = store.append(request);
        boolean taken = false;
        try {
            taken = line.write(entry, request);
        } finally {
            if (!taken && line.isOpenTo(to)) {
                store.takeBack(entry);
            }
        }
        if (!line.isOpenTo(to)) {
            // The transport failed on this very thread, inside the call.
            throw setup.refusal().get();
        }
        return taken ? entry : null;
    }
}
