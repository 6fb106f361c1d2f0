package io.holdfast.broker.internal.replay;

import io.holdfast.broker.internal.journal.LogRecord;
import io.holdfast.broker.internal.journal.RecordRing;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log in memory: whoever keeps up is served from here and reads no disk. Holds what is not durable yet, which the
 * broker's back-pressure bounds, and a bounded part of what is. Confined to the broker's thread.
 */
final class LogTail {

    private static final long MOST_DURABLE_BYTES = 8L << 20;

    private final RecordRing records;

    LogTail(long lastIndex) {
        records = new RecordRing(lastIndex);
    }

    void appended(LogRecord record) {
        records.add(record);
    }

    void durable(long index) {
        while (records.first() <= index && records.bytes() > MOST_DURABLE_BYTES) {
            records.removeFirst();
        }
    }

    @Nullable
    LogRecord get(long index) {
        return records.get(index);
    }
}
