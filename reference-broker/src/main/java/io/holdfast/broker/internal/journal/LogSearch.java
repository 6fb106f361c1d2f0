package io.holdfast.broker.internal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Finds records by publisher and sequence, and by time: the index says where to begin, the rest is reading. Thread-safe. */
final class LogSearch {

    private final Segments segments;
    private final LongSupplier durableIndex;

    LogSearch(Segments segments, LongSupplier durableIndex) {
        this.segments = segments;
        this.durableIndex = durableIndex;
    }

    /** Where the publisher's record with this very sequence is; the latest ones are looked through first. */
    OptionalLong find(long publisherHash, long sequence) {
        List<Segment> all = segments.snapshot();
        for (int i = all.size() - 1; i >= 0; i--) {
            Segment segment = all.get(i);
            List<SegmentIndex.Piece> pieces = segment.index().mayHold(publisherHash, sequence);
            OptionalLong found =
                    pieces.isEmpty() ? OptionalLong.empty() : find(segment, pieces, publisherHash, sequence);
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong find(Segment segment, List<SegmentIndex.Piece> pieces, long publisherHash, long sequence) {
        if (!segments.hold(segment)) {
            return OptionalLong.empty();
        }
        try {
            for (SegmentIndex.Piece piece : pieces) {
                OptionalLong found = find(segment, piece, publisherHash, sequence);
                if (found.isPresent()) {
                    return found;
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            throw unreadable(segment, e);
        } finally {
            segments.letGo(segment);
        }
    }

    private OptionalLong find(Segment segment, SegmentIndex.Piece piece, long publisherHash, long sequence)
            throws IOException {
        long end = Math.min(Math.min(piece.endIndex(), segment.endIndex()), durableIndex.getAsLong() + 1);
        try (SegmentWalk walk = new SegmentWalk(segment, piece.start())) {
            while (walk.index() < end) {
                LogRecord record = walk.next();
                if (record.sequence() == sequence && NameHash.bits(utf8(record)) == publisherHash) {
                    return OptionalLong.of(record.index());
                }
            }
            return OptionalLong.empty();
        }
    }

    /** The first index taken at or after this time; what is durable now plus one if there is none. */
    long indexAt(long micros) {
        long end = durableIndex.getAsLong() + 1;
        List<Segment> all = segments.snapshot();
        int place = all.size() - 1;
        while (place >= 0 && !all.get(place).index().beginsBefore(micros)) {
            place--;
        }
        if (place < 0) {
            return Math.min(end, all.get(0).firstIndex());
        }
        return indexAt(all.get(place), micros, end);
    }

    private long indexAt(Segment segment, long micros, long end) {
        SegmentIndex.Start start = segment.index().startAt(micros);
        if (start == null || !segments.hold(segment)) {
            return Math.min(end, segment.endIndex());
        }
        long stop = Math.min(end, segment.endIndex());
        try (SegmentWalk walk = new SegmentWalk(segment, start)) {
            while (walk.index() < stop) {
                LogRecord record = walk.next();
                if (record.micros() >= micros) {
                    return record.index();
                }
            }
            return stop;
        } catch (IOException e) {
            throw unreadable(segment, e);
        } finally {
            segments.letGo(segment);
        }
    }

    private static byte[] utf8(LogRecord record) {
        return record.publisher().getBytes(UTF_8);
    }

    private static JournalException unreadable(Segment segment, IOException cause) {
        return new JournalException("cannot read " + segment + ": " + cause, cause);
    }
}
