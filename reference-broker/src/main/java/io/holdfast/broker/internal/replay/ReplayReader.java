package io.holdfast.broker.internal.replay;

import io.holdfast.broker.internal.journal.JournalException;
import io.holdfast.broker.internal.journal.LogCursor;
import io.holdfast.broker.internal.journal.LogRecord;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads the log for all replays, a batch at a time, so that the broker's thread never waits for a disk. A bounded number
 * of batches is on its way back to the broker's thread; whoever asks meanwhile waits its turn. Asked on the broker's thread, and
 * answers there.
 */
final class ReplayReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayReader.class);
    private static final int BATCH_RECORDS = 1_024;
    private static final long BATCH_BYTES = 256 << 10;
    private static final int MOST_IN_FLIGHT = 8;
    private static final long CLOSE_SECONDS = 5;

    private final ThreadPoolExecutor thread;
    private final Executor brokerThread;
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>();
    private int inFlight;

    ReplayReader(String instance, Executor brokerThread) {
        this.brokerThread = brokerThread;
        // as many tasks as batches in flight, and a cursor to close for each replay at most
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread made = new Thread(task, "holdfast-replay-" + instance);
            made.setDaemon(true);
            return made;
        });
    }

    /** Reads the next batch of a cursor that nobody else uses until the answer is there. */
    void read(LogCursor cursor, Answer answer) {
        turns.add(() -> {
            if (!submit(() -> readNow(cursor, answer))) {
                answer(() -> answer.failed(new JournalException("the broker is closing", null)));
            }
        });
        next();
    }

    /** Closes a cursor that nobody uses any more. */
    void close(LogCursor cursor) {
        if (!submit(() -> closeNow(cursor))) {
            closeNow(cursor); // nobody reads any more, and its file must not stay open
        }
    }

    private static void closeNow(LogCursor cursor) {
        try {
            cursor.close();
        } catch (JournalException e) {
            LOG.debug("a cursor could not be closed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void next() {
        while (inFlight < MOST_IN_FLIGHT && !turns.isEmpty()) {
            inFlight++;
            turns.remove().run();
        }
    }

    /** False if the thread has ended, or is about to. */
    private boolean submit(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException closing) {
            return false;
        }
    }

    private void readNow(LogCursor cursor, Answer answer) {
        List<LogRecord> records;
        try {
            records = cursor.read(BATCH_RECORDS, BATCH_BYTES);
        } catch (JournalException e) {
            answer(() -> answer.failed(e));
            return;
        } catch (RuntimeException
                | Error e) { // whoever asked must not wait for ever, nor keep a place among those in flight
            answer(() -> answer.failed(new JournalException("cannot read the log: " + e, e)));
            return;
        }
        answer(() -> answer.read(records));
    }

    private void answer(Runnable result) {
        try {
            brokerThread.execute(() -> {
                inFlight--;
                result.run();
                next();
            });
        } catch (RejectedExecutionException closing) {
            LOG.debug("the broker is closing: a batch is dropped");
        }
    }

    /** Who asked; called on the broker's thread. */
    interface Answer {

        /** The records that follow. */
        void read(List<LogRecord> records);

        /** They cannot be read. */
        void failed(JournalException reason);
    }
}
