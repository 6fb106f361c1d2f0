package io.holdfast.broker.internal.journal;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * An append-only log of publishes in one total order: on disk, or in memory for a broker without a data folder. Confined to
 * the broker's thread, apart from the cursors.
 */
public interface TransactionLog extends AutoCloseable {

    /**
     * Appends. Returns at once; it is durable when the listener is told an index that is not below.
     *
     * @return the record at its index
     * @throws JournalException if the log has failed before: nothing is taken then
     */
    LogRecord append(LogRecord record);

    /** Told on the broker's thread how far the log is durable, each time that grows. */
    void whenDurable(LongConsumer listener);

    /** Told once, on the broker's thread, that writing failed: nothing after {@link #durableIndex()} is kept. */
    void whenFailed(Consumer<JournalException> listener);

    /** The first index still kept; {@link #lastIndex()} + 1 if nothing is. */
    long firstIndex();

    /** The last index that is durable; 0 if none ever was. */
    long durableIndex();

    /** The last index given out; 0 if none ever was. */
    long lastIndex();

    /** Bytes appended that are not durable yet: what the broker's back-pressure goes by. */
    long pendingBytes();

    /** The highest sequence of each publisher that was durable when the log was opened, those of records no longer kept included. */
    Map<String, Long> recoveredSequences();

    /** Where a publisher's record with this very sequence is, if it is kept and durable. */
    OptionalLong find(String publisherHash, long sequence);

    /** The first index whose record was taken at or after this time; {@link #durableIndex()} + 1 if there is none. */
    long indexAt(Instant time);

    /** A cursor that reads from this index on, or from {@link #firstIndex()} if that is higher. */
    LogCursor cursor(long fromIndex);

    /** Makes durable what was appended, within five seconds, and lets go of the folder. Idempotent. */
    @Override
    void close();
}
