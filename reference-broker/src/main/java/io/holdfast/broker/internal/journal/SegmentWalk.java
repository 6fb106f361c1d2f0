package io.holdfast.broker.internal.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Goes through what is forced of a segment, one record after the other, and checks each. For one thread at a time; whoever walks holds the segment. */
final class SegmentWalk implements AutoCloseable {

    private final Segment segment;
    private final RecordReader reader;
    private long index;
    private long place;

    /** Begins at this start, or at the first record. */
    SegmentWalk(Segment segment, SegmentIndex.@Nullable Start start) throws IOException {
        this.segment = segment;
        this.reader = new RecordReader(segment.file(), segment.salt());
        this.index = start == null ? segment.firstIndex() : start.index();
        this.place = start == null ? segment.firstPlace() : start.place();
    }

    /** The index of the next record. */
    long index() {
        return index;
    }

    /**
     * The next record, which the caller knows to be durable.
     *
     * @throws JournalException if it is not what was written
     */
    LogRecord next() throws IOException {
        reader.limit(segment.forcedEnd());
        RecordReader.Found found = reader.at(place, index, index);
        if (found == null) {
            throw new JournalException(
                    "the journal is damaged: " + segment + " at byte " + place + ": record " + index
                            + " is not what was written. Restart the broker: it says how to go on",
                    null);
        }
        index++;
        place = found.end();
        return found.record();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
