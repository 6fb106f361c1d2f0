package io.holdfast.client.publish;

/** What a publish does when the publish store has no room for it: set for a client, and for a single call. */
public enum StoreFullPolicy {
    /**
     * Waits for room, up to {@link io.holdfast.client.Timeouts#publish()}, then throws
     * {@link io.holdfast.client.error.BackPressureException}; at once where blocking is not allowed. The default.
     */
    BLOCK,
    /** Throws {@link io.holdfast.client.error.BackPressureException} at once. */
    REJECT,
    /**
     * Gives up the oldest messages until there is room. Each of them fails with
     * {@link io.holdfast.client.error.PublishDroppedException} and goes to the {@link FailedWriteHandler}: none vanishes
     * without a word. Messages in doubt are not dropped; if nothing else is left, or there is no store, this is
     * {@link #REJECT}.
     */
    DROP_OLDEST
}
