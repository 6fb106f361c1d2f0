package io.holdfast.broker.internal.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The records that wait for the log's thread: the broker's thread adds, the log's thread takes all there are. */
final class Pending {

    private List<LogRecord> records = new ArrayList<>();
    private boolean closing;
    private long bytes;

    synchronized void add(LogRecord record) {
        records.add(record);
        bytes += RecordFormat.size(record);
        if (records.size() == 1) {
            notifyAll();
        }
    }

    /** What was added and is not durable yet. */
    synchronized long bytes() {
        return bytes;
    }

    /** These are durable. */
    synchronized void done(List<LogRecord> batch) {
        for (LogRecord record : batch) {
            bytes -= RecordFormat.size(record);
        }
    }

    /** No more will come. */
    synchronized void close() {
        closing = true;
        notifyAll();
    }

    synchronized boolean isClosing() {
        return closing;
    }

    /** Waits until there is something, at most so long; empty if there is nothing. */
    synchronized List<LogRecord> take(long mostNanos) throws InterruptedException {
        if (records.isEmpty() && !closing) {
            TimeUnit.NANOSECONDS.timedWait(this, mostNanos);
        }
        List<LogRecord> taken = records;
        records = new ArrayList<>();
        return taken;
    }
}
