package io.holdfast.broker.internal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.broker.JournalOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A log under test, and what it told: a test waits for a durable index instead of sleeping. Listeners run on the log's thread. */
final class OpenLog implements AutoCloseable {

    static final long LONG_MILLIS = 20_000;

    final FileLog log;
    private long durable;
    private @Nullable JournalException failure;

    private OpenLog(FileLog log) {
        this.log = log;
        durable = log.durableIndex();
        log.whenDurable(this::reached);
        log.whenFailed(this::failed);
    }

    static OpenLog in(Path folder, JournalOptions options) {
        return in(folder, options, InstantSource.system());
    }

    static OpenLog in(Path folder, JournalOptions options, InstantSource clock) {
        FileLogOptions all = FileLogOptions.in(folder, "test").withJournal(options);
        return new OpenLog(FileLog.open(all, clock, Runnable::run, new Random(7)));
    }

    static JournalOptions segments(long bytes) {
        return JournalOptions.DEFAULTS.withSegmentBytes(bytes);
    }

    static LogRecord record(String publisher, long sequence, String body) {
        return new LogRecord(0, 0, publisher, sequence, false, "orders", null, null, -1, body.getBytes(UTF_8));
    }

    /** Appends so many from one publisher, and waits until they are durable. */
    List<LogRecord> append(String publisher, long firstSequence, int count) {
        List<LogRecord> appended = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            appended.add(log.append(record(publisher, firstSequence + i, "body " + (firstSequence + i))));
        }
        await(log.lastIndex());
        return appended;
    }

    private synchronized void reached(long index) {
        durable = index;
        notifyAll();
    }

    private synchronized void failed(JournalException cause) {
        failure = cause;
        notifyAll();
    }

    /** What it was told to be durable. */
    synchronized long durable() {
        return durable;
    }

    /** Waits until so much is durable, or the log failed. */
    synchronized void await(long index) {
        await(() -> durable >= index || failure != null || index == 0);
    }

    /** Waits for the failure. */
    synchronized JournalException awaitFailure() {
        await(() -> failure != null);
        return failure;
    }

    private synchronized void await(BooleanSupplier happened) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONG_MILLIS);
        while (!happened.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("nothing happened, durable is " + durable);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** Everything that is durable, through a cursor. */
    List<LogRecord> readAll() {
        List<LogRecord> all = new ArrayList<>();
        try (LogCursor cursor = log.cursor(1)) {
            for (List<LogRecord> some = cursor.read(7, 300); !some.isEmpty(); some = cursor.read(7, 300)) {
                all.addAll(some);
            }
        }
        return all;
    }

    /** A record as text: arrays do not compare. */
    static String text(LogRecord r) {
        return r.index() + "@" + r.micros() + " " + r.publisher() + "|" + r.sequence() + " " + r.delta() + " "
                + r.topic()
                + " " + r.correlationId() + " " + r.sowKey() + " " + r.expirationSeconds() + " "
                + Arrays.hashCode(r.body()) + "/" + r.body().length;
    }

    static List<String> texts(List<LogRecord> records) {
        return records.stream().map(OpenLog::text).toList();
    }

    @Override
    public void close() {
        log.close();
    }
}
