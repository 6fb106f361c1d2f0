package io.holdfast.broker.internal.journal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of a broker without a data folder: bounded, the oldest records are dropped, and all of it ends with the broker. What one turn
 * of the broker's thread appends is "durable" at the end of that turn, so whoever uses it meets the same order of things as on disk.
 *
 * <p>Confined to the broker's thread, apart from the cursors: these read under the log's monitor, which nobody holds for longer than a
 * copy of references takes.
 */
public final class MemoryLog implements TransactionLog {

    private final int maxRecords;
    private final long maxBytes;
    private final InstantSource clock;
    private final Executor brokerThread;
    private final RecordRing records = new RecordRing(0);
    private final Map<String, Kept> byPublisher = new HashMap<>();
    private final Map<String, Kept> byHash = new HashMap<>();
    private LongConsumer listener = index -> {};
    private long durable;
    private long pendingBytes;
    private long lastMicros;
    private boolean settling;

    /**
     * An empty log.
     *
     * @param clock tells when a record was taken
     * @param brokerThread runs what is left for the end of a turn
     * @param maxRecords the most records kept
     * @param maxBytes about the most memory taken by them, in bytes; the newest is kept whatever its size
     */
    public MemoryLog(InstantSource clock, Executor brokerThread, int maxRecords, long maxBytes) {
        this.clock = clock;
        this.brokerThread = brokerThread;
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    @Override
    public LogRecord append(LogRecord record) {
        LogRecord placed;
        synchronized (this) {
            lastMicros = Math.max(lastMicros, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
            placed = record.at(records.last() + 1, lastMicros);
            records.add(placed);
            kept(placed.publisher()).indexes.put(placed.sequence(), placed.index());
            pendingBytes += RecordRing.bytes(placed);
        }
        if (!settling) {
            settling = true;
            brokerThread.execute(this::settle);
        }
        return placed;
    }

    private Kept kept(String publisher) {
        Kept kept = byPublisher.get(publisher);
        if (kept == null) {
            kept = new Kept(NameHash.of(publisher), new HashMap<>());
            byPublisher.put(publisher, kept);
            byHash.put(kept.hash, kept);
        }
        return kept;
    }

    private void settle() {
        settling = false;
        synchronized (this) {
            durable = records.last();
            pendingBytes = 0;
            while (records.size() > 1 && (records.size() > maxRecords || records.bytes() > maxBytes)) {
                forget(records.removeFirst());
            }
        }
        listener.accept(durable);
    }

    private void forget(@Nullable LogRecord dropped) {
        Kept kept = dropped == null ? null : byPublisher.get(dropped.publisher());
        if (dropped != null && kept != null) {
            kept.indexes.remove(dropped.sequence(), dropped.index());
            if (kept.indexes.isEmpty()) {
                byPublisher.remove(dropped.publisher());
                byHash.remove(kept.hash, kept);
            }
        }
    }

    @Override
    public void whenDurable(LongConsumer told) {
        listener = told;
    }

    @Override
    public void whenFailed(Consumer<JournalException> told) {
        // memory does not fail
    }

    @Override
    public synchronized long firstIndex() {
        return records.first();
    }

    @Override
    public synchronized long durableIndex() {
        return durable;
    }

    @Override
    public synchronized long lastIndex() {
        return records.last();
    }

    @Override
    public synchronized long pendingBytes() {
        return pendingBytes;
    }

    @Override
    public Map<String, Long> recoveredSequences() {
        return Map.of();
    }

    @Override
    public synchronized OptionalLong find(String publisherHash, long sequence) {
        Kept kept = byHash.get(publisherHash);
        Long index = kept == null ? null : kept.indexes.get(sequence);
        return index == null || index > durable ? OptionalLong.empty() : OptionalLong.of(index);
    }

    @Override
    public synchronized long indexAt(Instant time) {
        long low = records.first();
        long high = durable + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            LogRecord record = records.get(middle);
            if (record != null
                    && Instant.EPOCH.plus(record.micros(), ChronoUnit.MICROS).isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public LogCursor cursor(long fromIndex) {
        return new Cursor(Math.max(fromIndex, firstIndex()));
    }

    @Override
    public void close() {
        // nothing to let go of
    }

    private synchronized List<LogRecord> read(long from, int most, long mostBytes) {
        if (from < records.first()) {
            throw new JournalException(
                    "record " + from + " was dropped before it was read; the oldest kept is " + records.first(), null);
        }
        List<LogRecord> read = new ArrayList<>();
        long bytes = 0;
        for (long i = from; i <= durable && read.size() < most && bytes < mostBytes; i++) {
            LogRecord record = records.get(i);
            if (record == null) {
                break;
            }
            read.add(record);
            bytes += record.body().length;
        }
        return read;
    }

    /** Where the records of one publisher are. */
    private record Kept(String hash, Map<Long, Long> indexes) {}

    /** It holds nothing back: what is dropped before it was read, it misses, and says so. */
    private final class Cursor implements LogCursor {

        private long next;

        private Cursor(long next) {
            this.next = next;
        }

        @Override
        public long nextIndex() {
            return next;
        }

        @Override
        public List<LogRecord> read(int maxRecords, long maxBytes) {
            List<LogRecord> read = MemoryLog.this.read(next, maxRecords, maxBytes);
            next += read.size();
            return read;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
