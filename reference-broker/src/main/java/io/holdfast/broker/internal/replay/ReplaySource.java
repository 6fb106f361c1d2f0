package io.holdfast.broker.internal.replay;

import io.holdfast.broker.internal.journal.JournalException;
import io.holdfast.broker.internal.journal.LogCursor;
import io.holdfast.broker.internal.journal.LogRecord;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one reader of the log gets its records: from the batch that was read last, else from the tail in memory, else by reading a batch. Holds a
 * cursor only while it reads batch after batch. Confined to the broker's thread.
 */
public final class ReplaySource {

    private final Shared shared;
    private final ArrayDeque<LogRecord> batch = new ArrayDeque<>();
    private @Nullable LogCursor cursor;
    private boolean reading;
    private boolean closed;

    ReplaySource(Shared shared) {
        this.shared = shared;
    }

    /** The record at this index, if it is at hand; asked with rising indexes. */
    public @Nullable LogRecord take(long index) {
        LogRecord read = batch.peek();
        if (read != null && read.index() == index) {
            shared.held().add(-read.body().length);
            return batch.remove();
        }
        LogRecord recent = shared.tail().get(index);
        if (recent != null) {
            forget();
        }
        return recent;
    }

    /** Reads a batch that begins at this index; one at a time, and only when nothing is at hand. */
    public void fetch(long index, Answer answer) {
        LogCursor open = cursor;
        try {
            if (open == null || open.nextIndex() != index) {
                forget();
                open = shared.log().cursor(index);
                cursor = open;
            }
        } catch (JournalException e) {
            answer.failed(e);
            return;
        }
        if (open.nextIndex() != index) {
            answer.failed(new JournalException("record " + index + " is not kept any more", null));
            return;
        }
        reading = true;
        shared.reader().read(open, new ReplayReader.Answer() {
            @Override
            public void read(List<LogRecord> records) {
                arrived(index, records, answer);
            }

            @Override
            public void failed(JournalException reason) {
                reading = false;
                forget();
                if (!closed) {
                    answer.failed(reason);
                }
            }
        });
    }

    private void arrived(long index, List<LogRecord> records, Answer answer) {
        reading = false;
        if (closed) {
            forget();
        } else if (records.isEmpty() || records.get(0).index() != index) {
            forget();
            answer.failed(new JournalException("the log was read at record " + index + " and gave another", null));
        } else {
            for (LogRecord record : records) {
                batch.add(record);
                shared.held().add(record.body().length);
            }
            answer.ready();
        }
    }

    /** Drops the batch and lets go of the log; what was dropped is read again. */
    void forget() {
        for (LogRecord record : batch) {
            shared.held().add(-record.body().length);
        }
        batch.clear();
        LogCursor open = cursor;
        if (open != null && !reading) {
            cursor = null;
            shared.reader().close(open);
        }
    }

    /** Lets go of the log for good. */
    public void close() {
        closed = true;
        forget();
    }

    /** Who asked. */
    public interface Answer {

        /** Records are at hand. */
        void ready();

        /** There are none to be had. */
        void failed(JournalException reason);
    }
}
