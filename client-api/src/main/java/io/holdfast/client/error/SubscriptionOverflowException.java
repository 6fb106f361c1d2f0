package io.holdfast.client.error;

import io.holdfast.client.message.SubscriptionId;

/** A subscription with {@link io.holdfast.client.subscribe.OverflowPolicy#FAIL} was ended because its lane was full. */
public final class SubscriptionOverflowException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final transient SubscriptionId subscription;

    /** The subscription whose lane held this many messages and bytes when the next one came. */
    public SubscriptionOverflowException(SubscriptionId subscription, int messages, long bytes) {
        super(
                "subscription " + subscription + " was ended: its lane was full with " + messages + " messages, "
                        + bytes + " bytes; make the handler faster, raise Limits, or choose OverflowPolicy.PAUSE",
                null);
        this.subscription = subscription;
    }

    /** Which subscription. */
    public SubscriptionId subscription() {
        return subscription;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
