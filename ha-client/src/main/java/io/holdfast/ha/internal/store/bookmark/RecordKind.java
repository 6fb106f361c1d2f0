package io.holdfast.ha.internal.store.bookmark;

import org.jspecify.annotations.Nullable;

/** The records of a bookmark file; what each holds is drawn in {@code docs/internals/bookmarks.md}. */
enum RecordKind {
    /** A number gets its subscription id. */
    SUBSCRIPTION(1),
    /** The point passes a message. */
    PASS(2),
    /** A message beyond the point was acknowledged. */
    BEYOND(3),
    /** A subscription starts over. */
    START_OVER(4),
    /** In a snapshot: one publisher at the point. */
    HEARD(5),
    /** In a snapshot: how many messages the point has passed, and its margin. */
    TOTAL(6),
    /** What lies before a place is on the disk. */
    SYNCED(7);

    private static final RecordKind[] BY_CODE = new RecordKind[8];

    static {
        for (RecordKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final byte code;

    RecordKind(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    static @Nullable RecordKind of(byte code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
