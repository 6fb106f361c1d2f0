package io.holdfast.ha.internal.store.bookmark;

import io.holdfast.client.message.Bookmark;
import org.jspecify.annotations.Nullable;

/**
 * The place of one message in its publisher's order: what a delivered message's bookmark {@code <hash>|<sequence>|} says.
 *
 * @param publisher the broker's hash of the publisher's name, an unsigned number, never zero
 * @param sequence the publisher's number for the message, above zero
 */
public record Position(long publisher, long sequence) {

    /** The position that a bookmark of that form names; {@code null} for every other form. */
    public static @Nullable Position of(Bookmark bookmark) {
        long publisher = bookmark.publisher();
        return publisher == 0 ? null : new Position(publisher, bookmark.sequence());
    }

    /** The bookmark that names it. */
    public Bookmark bookmark() {
        return Bookmark.of(publisher, sequence);
    }

    @Override
    public String toString() {
        return bookmark().value();
    }
}
