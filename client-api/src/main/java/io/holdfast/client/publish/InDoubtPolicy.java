package io.holdfast.client.publish;

/** What becomes of messages that are in doubt; see {@link InDoubt}. The key {@code holdfast.collision.in-doubt}. */
public enum InDoubtPolicy {
    /** They stay in the store until the application resolves them. The default: neither lost nor sent twice. */
    HOLD,
    /** They are sent again under new sequence numbers, in their place in the order: some may then arrive twice. */
    RESEND,
    /**
     * They fail with {@link io.holdfast.client.error.PublishInDoubtException}, go to the {@link FailedWriteHandler}, and
     * leave the store: some may have arrived.
     */
    FAIL
}
