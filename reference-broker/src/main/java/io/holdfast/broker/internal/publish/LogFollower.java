package io.holdfast.broker.internal.publish;

import io.holdfast.broker.internal.journal.LogRecord;

/** Follows the log as it grows. Called on the broker's thread, within a delivery: it does not end sessions. */
public interface LogFollower {

    /** A record was appended; it is not durable yet. */
    void appended(LogRecord record);

    /** The log is durable up to this index. */
    void durable(long index);
}
