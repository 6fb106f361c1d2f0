package io.holdfast.ha.internal.store;

import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishStoreStatus;
import java.time.Duration;

/** How much may be stored, and how much is. Confined to the lock of the store's owner, but for the bounds themselves. */
public final class StoreBounds {

    private final int maxMessages;
    private final long maxBytes;
    private final PublishWindow window;
    private final PublishWindow doubtful;

    StoreBounds(int maxMessages, long maxBytes, PublishWindow window, PublishWindow doubtful) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.window = window;
        this.doubtful = doubtful;
    }

    /** The bound in messages. */
    public int maxMessages() {
        return maxMessages;
    }

    /** The bound in bytes. */
    public long maxBytes() {
        return maxBytes;
    }

    int messages() {
        return window.size() + doubtful.size();
    }

    private long bytes() {
        return window.bytes() + doubtful.bytes();
    }

    boolean haveRoomFor(PublishRequest request) {
        int messages = messages();
        if (messages == 0) {
            return true;
        }
        return messages < maxMessages
                && bytes()
                                + StoredPublish.size(
                                        request.topic(), request.payload().length())
                        <= maxBytes;
    }

    PublishStoreStatus status(long nowNanos, long lastId) {
        return new PublishStoreStatus(
                messages(),
                bytes(),
                oldestAge(nowNanos),
                doubtful.size(),
                window.beforeCursor(),
                maxMessages,
                maxBytes,
                lastId);
    }

    private Duration oldestAge(long nowNanos) {
        StoredPublish first = window.head();
        StoredPublish doubt = doubtful.head();
        StoredPublish oldest = first == null || (doubt != null && doubt.id() < first.id()) ? doubt : first;
        return oldest == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, nowNanos - oldest.storedAtNanos));
    }
}
