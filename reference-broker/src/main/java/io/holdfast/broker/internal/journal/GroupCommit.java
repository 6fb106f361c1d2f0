package io.holdfast.broker.internal.journal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log's thread: takes all records that wait, writes them, forces them, tells how far it came. What arrives while the disk works is
 * the next batch, so that a slow disk makes batches larger instead of the queue longer.
 */
final class GroupCommit implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Pending pending;
    private final LogWriter writer;
    private final Retention retention;
    private final Progress progress;

    GroupCommit(Pending pending, LogWriter writer, Retention retention, Progress progress) {
        this.pending = pending;
        this.writer = writer;
        this.retention = retention;
        this.progress = progress;
    }

    @Override
    public void run() {
        try (writer) {
            while (commitNext()) {
                // until the log is closed and nothing is left
            }
        } catch (IOException | RuntimeException | OutOfMemoryError | InterruptedException e) {
            fail(e);
        }
    }

    /** Whether there may be more. */
    private boolean commitNext() throws IOException, InterruptedException {
        boolean closing = pending.isClosing();
        List<LogRecord> batch = pending.take(IDLE_NANOS);
        Segment before = writer.segment();
        for (LogRecord record : batch) {
            writer.write(record);
        }
        writer.force();
        if (batch.isEmpty() || writer.segment() != before) {
            retention.apply();
        }
        if (!batch.isEmpty()) {
            pending.done(batch);
            progress.reached(batch.get(batch.size() - 1).index());
        }
        return !closing || !batch.isEmpty();
    }

    // Once is enough: after a failed force nobody knows what the disk has, and trying again could say that it has all.
    private void fail(Throwable cause) {
        JournalException failure = new JournalException(
                "the journal cannot be written at " + writer.segment() + ": " + cause
                        + ". Nothing more is taken; make room on the disk or mend it, then start the broker again: what was"
                        + " acknowledged as persisted is kept",
                cause);
        LOG.error("{}", failure.getMessage());
        progress.failed(failure);
    }
}
