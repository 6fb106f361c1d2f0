package io.holdfast.client.error;

import io.holdfast.client.message.SequenceNumber;

/**
 * The broker holds a sequence number for this client's name that leaves no room for ours above it: whatever was published
 * would be dropped as a duplicate.
 */
public final class SequenceExhaustedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final transient SequenceNumber held;

    /** A name whose numbers are used up, up to {@code held}. */
    public SequenceExhaustedException(SequenceNumber held) {
        super(
                "the broker holds sequence " + held + " for this client name, which leaves no higher ones to publish"
                        + " with: use another client name, or have the broker's log of this name removed",
                null);
        this.held = held;
    }

    /** What the broker holds. */
    public SequenceNumber held() {
        return held;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
