package io.holdfast.ha.collision;

/** When a client watches the broker's status events under another name, {@code holdfast.collision.watch}. */
public enum CollisionWatch {
    /** Only while it suspects a collision or stands by. The default. */
    ON_SUSPICION,
    /**
     * Always, on every server of its list: finds a second connection that evicts nobody. On a busy broker these events are much
     * traffic.
     */
    ALWAYS
}
