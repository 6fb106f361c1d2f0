package io.holdfast.broker.internal.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the durable records in order, with a channel and a buffer of its own, and holds the segment it is in. For one thread at a time. */
final class FileCursor implements LogCursor {

    private final Segments segments;
    private final LongSupplier durableIndex;
    private Segment segment;
    private @Nullable SegmentWalk walk;
    private long nextIndex;
    private boolean closed;

    /** Begins at this index, or at the first one kept if that is higher. */
    FileCursor(Segments segments, LongSupplier durableIndex, long fromIndex) {
        this.segments = segments;
        this.durableIndex = durableIndex;
        this.segment = segments.hold(fromIndex);
        this.nextIndex = Math.max(fromIndex, segment.firstIndex());
    }

    @Override
    public long nextIndex() {
        return nextIndex;
    }

    @Override
    public List<LogRecord> read(int maxRecords, long maxBytes) {
        if (closed) {
            throw new IllegalStateException("the cursor is closed");
        }
        List<LogRecord> records = new ArrayList<>();
        long bytes = 0;
        try {
            long durable = durableIndex.getAsLong();
            while (nextIndex <= durable && records.size() < maxRecords && bytes < maxBytes) {
                LogRecord record = next();
                records.add(record);
                bytes += record.body().length;
            }
            return records;
        } catch (IOException e) {
            throw new JournalException("cannot read " + segment + ": " + e, e);
        }
    }

    private LogRecord next() throws IOException {
        if (nextIndex >= segment.endIndex()) {
            Segment next = segments.hold(nextIndex);
            segments.letGo(segment);
            segment = next;
            closeWalk();
        }
        SegmentWalk current = walk == null ? open() : walk;
        LogRecord record = current.next();
        nextIndex = current.index();
        return record;
    }

    /** Goes to the next index in the segment. */
    private SegmentWalk open() throws IOException {
        SegmentWalk opened = new SegmentWalk(segment, segment.index().startOf(nextIndex));
        walk = opened; // before it is used: close() closes it, whatever happens
        while (opened.index() < nextIndex) {
            opened.next();
        }
        return opened;
    }

    private void closeWalk() throws IOException {
        SegmentWalk open = walk;
        walk = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        segments.letGo(segment);
        try {
            closeWalk();
        } catch (IOException e) {
            throw new JournalException("cannot close " + segment + ": " + e, e);
        }
    }
}
