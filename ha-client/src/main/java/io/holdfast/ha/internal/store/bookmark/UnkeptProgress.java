package io.holdfast.ha.internal.store.bookmark;

import io.holdfast.client.message.Bookmark;

/** The part of a subscription whose progress nobody will ask for: one without a lasting id, or a client without a store. */
public enum UnkeptProgress implements BookmarkStore.Progress {
    /** The only one. */
    INSTANCE;

    @Override
    public AcknowledgedPoint point() {
        return new AcknowledgedPoint(Bookmark.EPOCH);
    }

    @Override
    public void apply(Moves moves) {
        // kept by nobody
    }
}
