package io.holdfast.ha.internal.store;

import io.holdfast.client.message.Payload;
import io.holdfast.client.publish.PublishRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps a copy of each body with its {@link StoredPublish}, or keeps none. */
final class MemoryLog implements PublishLog {

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final boolean keepsMessages;
    private final int tag;

    private MemoryLog(boolean keepsMessages, int tag) {
        this.keepsMessages = keepsMessages;
        this.tag = tag;
    }

    /** A log that keeps bodies as long as the process lives. */
    static MemoryLog keeping(int tag) {
        return new MemoryLog(true, tag);
    }

    /** A log that keeps nothing. */
    static MemoryLog keepingNothing(int tag) {
        return new MemoryLog(false, tag);
    }

    @Override
    public boolean keepsMessages() {
        return keepsMessages;
    }

    @Override
    public Found found() {
        return new Found(LogState.fresh(tag), List.of());
    }

    @Override
    public void append(StoredPublish entry, PublishRequest request, long replaces) {
        if (keepsMessages && entry.body == null) {
            entry.body = request.payload().toBytes();
        }
    }

    @Override
    public void awaitDurable(Duration timeout) {
        // memory does not become more durable than it is
    }

    @Override
    public @Nullable PublishRequest read(StoredPublish entry) {
        byte[] body = entry.body;
        return body == null ? null : new PublishRequest(entry.topic(), Payload.wrap(body), entry.options());
    }

    @Override
    public void forget(StoredPublish entry) {
        entry.body = null;
    }

    @Override
    public void replaced(long formerId, long formerPlace) {
        // the entry is the place
    }

    @Override
    public CompletionStage<Void> writing(LogState state) {
        return DONE;
    }

    @Override
    public void idle(LogState state) {
        // there is no next process to know it
    }

    @Override
    public boolean isOnDisk() {
        return false;
    }

    @Override
    public void close(LogState state, Duration timeout) {
        // nothing is open
    }
}
