package io.holdfast.broker.internal.topic;

/** What an unknown bookmark means ({@code bookmark_not_found}, protocol text 4.6). */
public enum NotFound {
    /** From the start of the log. */
    EPOCH,
    /** From now on, the default. */
    NOW,
    /** The subscription is refused. */
    FAIL
}
