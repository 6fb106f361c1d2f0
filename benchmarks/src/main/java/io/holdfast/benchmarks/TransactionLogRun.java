package io.holdfast.benchmarks;

import io.holdfast.broker.internal.journal.FileLog;
import io.holdfast.broker.internal.journal.FileLogOptions;
import io.holdfast.broker.internal.journal.LogCursor;
import io.holdfast.broker.internal.journal.LogRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The broker's transaction log by itself: appends as fast as the disk takes them, each batch forced; then one at a time, each
 * forced by itself; then everything through one cursor. Prints one line of JSON. Begins with a folder that is made and removed
 * in the current one, so that the disk is the one that is meant.
 */
public final class TransactionLogRun {

    private static final long WAITING_BYTES = 4L << 20;
    private static final int ONE_BY_ONE = 500;

    private final FileLog log;
    private final byte[] body;
    private long sequence;

    private TransactionLogRun(FileLog log, int payloadBytes) {
        this.log = log;
        this.body = new byte[payloadBytes];
    }

    /** Runs it; see {@link Arguments#USAGE}, of which it takes messages and payload. */
    public static void main(String[] words) throws IOException {
        Arguments arguments = Arguments.parse(words);
        Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "transaction-log");
        try (FileLog log =
                FileLog.open(FileLogOptions.in(folder, "benchmark"), InstantSource.system(), Runnable::run)) {
            new TransactionLogRun(log, arguments.payloadBytes()).run(arguments.messages());
        } finally {
            delete(folder);
        }
    }

    private void run(int messages) {
        double writing = seconds(() -> write(messages));
        double oneByOne = seconds(this::writeOneByOne);
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        double reading = seconds(() -> read(messages));
        long peak = heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf(
                Locale.ROOT,
                "{\"messages\":%d,\"payload_bytes\":%d,\"appended_per_s\":%.0f,\"forced_one_by_one_per_s\":%.0f,"
                        + "\"read_per_s\":%.0f,\"heap_peak_while_reading_mib\":%.1f,\"heap_max_mib\":%d,"
                        + "\"java\":\"%s\",\"cores\":%d}%n",
                messages,
                body.length,
                messages / writing,
                ONE_BY_ONE / oneByOne,
                messages / reading,
                peak / 1048576.0,
                Runtime.getRuntime().maxMemory() >> 20,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
    }

    private void write(int messages) {
        for (int i = 0; i < messages; i++) {
            append();
            if (log.pendingBytes() > WAITING_BYTES) {
                awaitAtMost(WAITING_BYTES / 2);
            }
        }
        awaitAtMost(0);
    }

    private void writeOneByOne() {
        for (int i = 0; i < ONE_BY_ONE; i++) {
            append();
            awaitAtMost(0);
        }
    }

    private void append() {
        log.append(new LogRecord(0, 0, "benchmark", ++sequence, false, "benchmark", null, null, -1, body));
    }

    private void awaitAtMost(long bytes) {
        while (log.pendingBytes() > bytes) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(20));
        }
    }

    private void read(int messages) {
        long read = 0;
        try (LogCursor cursor = log.cursor(1)) {
            while (read < messages) {
                List<LogRecord> some = cursor.read(1_000, 1 << 20);
                read += some.size();
            }
        }
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
