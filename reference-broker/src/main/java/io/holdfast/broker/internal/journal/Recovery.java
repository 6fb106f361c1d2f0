package io.holdfast.broker.internal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole log once, checks every record, and cuts off what a crash left half written at its end. Used once, by the thread
 * that opens the log.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int LEAST_RECORD = RecordFormat.FRAME + RecordFormat.FIXED;

    private final FileLogOptions options;
    private final Segments segments = new Segments();
    private final Map<String, Long> sequences = new HashMap<>();
    private long nextIndex = 1;
    private long lastMicros;

    Recovery(FileLogOptions options) {
        this.options = options;
    }

    /**
     * Recovers.
     *
     * @throws Damage if what was durable has been harmed since
     */
    Recovered run() throws IOException, Damage {
        for (Path unfinished : JournalFiles.list(options.folder(), JournalFiles.TEMPORARY)) {
            Files.delete(unfinished);
        }
        List<Path> files = JournalFiles.list(options.folder(), Segment.SUFFIX);
        for (int i = 0; i < files.size(); i++) {
            recover(files.get(i), i == 0, i == files.size() - 1);
        }
        return new Recovered(segments, sequences, nextIndex - 1, lastMicros);
    }

    private void recover(Path file, boolean first, boolean last) throws IOException, Damage {
        SegmentHead.Read read = SegmentHead.read(file);
        SegmentHead head = read.head();
        if (!Segment.file(options.folder(), head.firstIndex()).equals(file)) {
            throw new Damage(file, 0, "its head says that it begins at index " + head.firstIndex());
        }
        if (first) {
            nextIndex = head.firstIndex();
            lastMicros = head.micros();
            sequences.putAll(head.sequences());
        } else if (head.firstIndex() != nextIndex) {
            throw new Damage(file, 0, "the records from " + nextIndex + " up to it are missing");
        }
        Segment segment = new Segment(file, read, options.journal().segmentBytes());
        try (RecordReader reader = new RecordReader(file, head.salt())) {
            long size = reader.fileSize();
            reader.limit(size);
            long end = readAll(segment, reader, size);
            if (end < size) {
                checkTorn(file, reader, end, size, last);
            }
            if (last) {
                cutAndForce(file, end, size);
            }
            segment.forced(end, lastMicros);
        }
        segments.add(segment);
    }

    /** Where the last good record ends. */
    private long readAll(Segment segment, RecordReader reader, long size) throws IOException {
        long place = segment.firstPlace();
        while (place < size) {
            RecordReader.Found found = reader.at(place, nextIndex, nextIndex);
            if (found == null) {
                break;
            }
            LogRecord record = found.record();
            segment.index().add(record, place, NameHash.bits(record.publisher().getBytes(UTF_8)));
            sequences.merge(record.publisher(), record.sequence(), Math::max);
            lastMicros = record.micros();
            nextIndex++;
            place = found.end();
        }
        return place;
    }

    /**
     * A tail is torn if nothing shows that it was ever whole: it is in the last segment, and no record after it was written when it had been
     * forced. A power failure may well keep the end of the last batch and lose its middle.
     */
    private void checkTorn(Path file, RecordReader reader, long end, long size, boolean last)
            throws IOException, Damage {
        if (!last) {
            throw new Damage(file, end, "record " + nextIndex + " is not what was written, and other segments follow");
        }
        for (long place = end + 1; place <= size - LEAST_RECORD; place++) {
            long most = nextIndex + 1 + (place - end) / LEAST_RECORD;
            RecordReader.Found found = reader.at(place, nextIndex + 1, most);
            if (found != null && found.forcedBelow() > nextIndex) {
                throw new Damage(
                        file,
                        end,
                        "record " + nextIndex + " is not what was written, and record "
                                + found.record().index() + " follows, at byte " + place);
            }
        }
    }

    /** What a killed process had written, the system may not have brought to the disk yet: it counts as durable from here on. */
    private void cutAndForce(Path file, long end, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (end < size) {
                channel.truncate(end);
                LOG.warn(
                        "journal: cut {} bytes of a write that a crash interrupted off {} at byte {}; the last record is {}",
                        size - end,
                        file,
                        end,
                        nextIndex - 1);
            }
            channel.force(true);
        }
    }
}
