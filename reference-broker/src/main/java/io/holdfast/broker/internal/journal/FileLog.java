package io.holdfast.broker.internal.journal;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log on disk: segments in a folder that is its own, written by one thread that forces whole batches. What it
 * held is there again after a crash of the process or of the machine, up to {@link #durableIndex()} at the least.
 *
 * <p>Confined to the broker's thread, apart from {@link #find}, {@link #indexAt} and {@link #cursor}, which any thread may call.
 */
public final class FileLog implements TransactionLog {

    private static final Logger LOG = LoggerFactory.getLogger(FileLog.class);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);
    private static final Duration INTERRUPT_DEADLINE = Duration.ofSeconds(1);
    private static final long LEAST_PENDING_BYTES = 64L << 20;

    private final FileLogOptions options;
    private final InstantSource clock;
    private final JournalLock lock;
    private final Segments segments;
    private final Map<String, Long> recoveredSequences;
    private final Pending pending = new Pending();
    private final Progress progress;
    private final LogSearch search;
    private final Thread thread;

    private long lastIndex;
    private long lastMicros;
    private boolean closed;

    private FileLog(
            FileLogOptions options,
            InstantSource clock,
            Executor brokerThread,
            JournalLock lock,
            Recovered recovered,
            LogWriter writer) {
        this.options = options;
        this.clock = clock;
        this.lock = lock;
        this.segments = recovered.segments();
        this.recoveredSequences = Map.copyOf(recovered.sequences());
        this.lastIndex = recovered.lastIndex();
        this.lastMicros = recovered.lastMicros();
        this.progress = new Progress(brokerThread, lastIndex);
        this.search = new LogSearch(segments, progress::durableIndex);
        Retention retention = new Retention(segments, options.journal(), clock);
        thread = new Thread(
                new GroupCommit(pending, writer, retention, progress), "holdfast-journal-" + options.instance());
        thread.setDaemon(true);
    }

    /**
     * Opens the log in a folder, or a new one in an empty folder: takes the lock, reads and checks everything that is there. Blocks for
     * as long as that takes.
     *
     * @param clock gives the records their time
     * @param brokerThread runs the listeners
     * @throws JournalException if another broker has the folder, if it is damaged and not to be repaired, or if it cannot be
     *     read or written
     */
    public static FileLog open(FileLogOptions options, InstantSource clock, Executor brokerThread) {
        return open(options, clock, brokerThread, new SecureRandom());
    }

    /** The same with another source of the segments' salts. */
    static FileLog open(FileLogOptions options, InstantSource clock, Executor brokerThread, RandomGenerator random) {
        JournalLock lock = null;
        try {
            JournalFiles.createFolder(options.folder());
            lock = JournalLock.take(options.folder(), options.instance(), clock.instant());
            Recovered recovered = recover(options, clock.instant());
            LogWriter writer = new LogWriter(options, recovered, random);
            FileLog log = new FileLog(options, clock, brokerThread, lock, recovered, writer);
            log.thread.start();
            return log;
        } catch (IOException e) {
            release(lock);
            throw new JournalException("the journal in " + options.folder() + " cannot be opened: " + e, e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static Recovered recover(FileLogOptions options, Instant now) throws IOException {
        while (true) { // each repair leaves less that can be damaged
            try {
                return new Recovery(options).run();
            } catch (Damage damage) {
                if (!options.journal().repair()) {
                    throw damage.refusal();
                }
                new Repair(options.folder(), now).setAside(damage);
            }
        }
    }

    private static void release(@Nullable JournalLock lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.warn(
                        "journal: the lock's file could not be closed; the process's end releases it: {}",
                        e.toString());
            }
        }
    }

    @Override
    public LogRecord append(LogRecord record) {
        JournalException failure = progress.failure();
        if (failure != null) {
            throw new JournalException(failure.getMessage() == null ? "" : failure.getMessage(), failure);
        }
        if (closed) {
            throw new JournalException("the journal in " + options.folder() + " is closed", null);
        }
        checkSize(RecordFormat.size(record));
        long now = Micros.of(clock.instant());
        LogRecord placed = record.at(lastIndex + 1, Math.max(lastMicros, now));
        pending.add(placed);
        lastIndex = placed.index();
        lastMicros = placed.micros();
        return placed;
    }

    private void checkSize(long bytes) {
        if (bytes > options.maxRecordBytes()) {
            throw new IllegalArgumentException(
                    "a record of " + bytes + " bytes, the journal takes " + options.maxRecordBytes());
        }
        long most = Math.max(LEAST_PENDING_BYTES, 2L * options.maxRecordBytes());
        if (pending.bytes() + bytes > most) {
            throw new JournalException(
                    "the disk under " + options.folder() + " does not keep up: " + pending.bytes()
                            + " bytes wait to be written; this record is not taken",
                    null);
        }
    }

    @Override
    public void whenDurable(LongConsumer listener) {
        progress.whenDurable(listener);
    }

    @Override
    public void whenFailed(Consumer<JournalException> listener) {
        progress.whenFailed(listener);
    }

    @Override
    public long firstIndex() {
        return segments.firstIndex();
    }

    @Override
    public long durableIndex() {
        return progress.durableIndex();
    }

    @Override
    public long lastIndex() {
        return lastIndex;
    }

    @Override
    public long pendingBytes() {
        return pending.bytes();
    }

    @Override
    public Map<String, Long> recoveredSequences() {
        return recoveredSequences;
    }

    @Override
    public OptionalLong find(String publisherHash, long sequence) {
        try {
            return search.find(Long.parseUnsignedLong(publisherHash), sequence);
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // no publisher has it
        }
    }

    @Override
    public long indexAt(Instant time) {
        return search.indexAt(Micros.notBefore(time));
    }

    @Override
    public LogCursor cursor(long fromIndex) {
        return new FileCursor(segments, progress::durableIndex, fromIndex);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        pending.close();
        if (ended(CLOSE_DEADLINE)) {
            release(lock);
            return;
        }
        thread.interrupt(); // closes its channel
        if (ended(INTERRUPT_DEADLINE)) {
            release(lock);
        }
        LOG.error(
                "journal: the disk under {} did not answer within {} s: records after {} may be lost",
                options.folder(),
                CLOSE_DEADLINE.toSeconds(),
                durableIndex());
    }

    /** An interrupt begins the wait anew: cut short it would lose what is not written yet, and leave the folder locked. */
    private boolean ended(Duration deadline) {
        boolean interrupted = false;
        boolean waited = false;
        while (!waited) {
            try {
                thread.join(deadline.toMillis());
                waited = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
