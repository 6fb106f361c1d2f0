package io.holdfast.broker.internal.journal;

import java.util.List;

/** Reads the durable part of a log in order. For one thread at a time; reads from disk, so never the broker's thread. */
public interface LogCursor extends AutoCloseable {

    /** The index that the next record read will have, if it is durable by then. */
    long nextIndex();

    /**
     * The records that follow, in order and without gaps; empty when nothing more is durable now.
     *
     * @param maxRecords at most this many, above zero
     * @param maxBytes ends after the record that brings the bodies to this many bytes
     * @throws JournalException if a record cannot be read
     */
    List<LogRecord> read(int maxRecords, long maxBytes);

    /** Lets go of the segment that it holds back from retention. */
    @Override
    void close();
}
