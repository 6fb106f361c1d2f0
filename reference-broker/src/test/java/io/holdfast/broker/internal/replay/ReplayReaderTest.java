package io.holdfast.broker.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.internal.journal.JournalException;
import io.holdfast.broker.internal.journal.LogCursor;
import io.holdfast.broker.internal.journal.LogRecord;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The thread that reads for all replays; the broker's thread is the test's. */
class ReplayReaderTest {

    private final BlockingQueue<Runnable> brokerThread = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private void runNext() throws InterruptedException {
        Runnable task = brokerThread.poll(20, TimeUnit.SECONDS);
        assertThat(task).as("an answer").isNotNull();
        task.run();
    }

    private final ReplayReader.Answer answer = new ReplayReader.Answer() {
        @Override
        public void read(List<LogRecord> records) {
            answers.add("read " + records.size());
        }

        @Override
        public void failed(JournalException reason) {
            answers.add(reason.getMessage());
        }
    };

    /** A cursor that reads so. */
    private static final class Cursor implements LogCursor {

        private final Supplier<List<LogRecord>> next;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Cursor(Supplier<List<LogRecord>> next) {
            this.next = next;
        }

        @Override
        public long nextIndex() {
            return 1;
        }

        @Override
        public List<LogRecord> read(int maxRecords, long maxBytes) {
            return next.get();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    @Test
    void a_read_that_fails_in_an_unforeseen_way_is_answered_and_holds_nobody_up() throws Exception {
        try (ReplayReader reader = new ReplayReader("test", brokerThread::add)) {
            Cursor broken = new Cursor(() -> {
                throw new OutOfMemoryError("no room for this batch");
            });
            for (int i = 0; i < 20; i++) { // more than may be under way at a time
                reader.read(broken, answer);
            }
            reader.read(new Cursor(List::of), answer);
            for (int i = 0; i < 20; i++) {
                runNext();
                assertThat(answers.remove()).contains("no room for this batch");
            }
            runNext();
            assertThat(answers.remove()).isEqualTo("read 0");
        }
    }

    @Test
    void a_cursor_that_is_given_back_when_the_thread_has_ended_is_closed_all_the_same() {
        ReplayReader reader = new ReplayReader("test", brokerThread::add);
        reader.close();
        Cursor cursor = new Cursor(List::of);
        reader.close(cursor);
        assertThat(cursor.closed).isTrue();
    }
}
