package io.holdfast.broker.internal.journal;

import java.nio.file.Path;
import java.util.Locale;

/**
 * One file of the log, and what is known of it. The log's thread writes it, any thread reads it; the number of readers that
 * hold it is kept by {@link Segments}.
 */
final class Segment {

    static final String SUFFIX = ".journal";

    private static final int BLOCKS = 256;
    private static final long SMALLEST_BLOCK = 512;

    private final Path file;
    private final long salt;
    private final long firstIndex;
    private final long firstPlace;
    private final SegmentIndex index;

    // the log's thread alone writes these
    private volatile long forcedEnd;
    private volatile long endIndex = Long.MAX_VALUE;
    private volatile long lastMicros;

    // guarded by Segments
    private int holders;

    /** A segment whose records, forced up to this place, are to be told to its index. */
    Segment(Path file, SegmentHead.Read head, long segmentBytes) {
        this.file = file;
        this.salt = head.head().salt();
        this.firstIndex = head.head().firstIndex();
        this.firstPlace = head.end();
        this.forcedEnd = head.end();
        this.lastMicros = head.head().micros();
        this.index = new SegmentIndex(Math.max(SMALLEST_BLOCK, segmentBytes / BLOCKS));
    }

    /** The file of a segment that begins so. */
    static Path file(Path folder, long firstIndex) {
        return folder.resolve(String.format(Locale.ROOT, "%020d%s", firstIndex, SUFFIX));
    }

    Path file() {
        return file;
    }

    /** Goes into the checksums of its records. */
    long salt() {
        return salt;
    }

    /** The index of its first record, whether there is one or not. */
    long firstIndex() {
        return firstIndex;
    }

    /** Where the first record is. */
    long firstPlace() {
        return firstPlace;
    }

    SegmentIndex index() {
        return index;
    }

    /** Where what was forced ends. */
    long forcedEnd() {
        return forcedEnd;
    }

    /** The first index that is in the next segment; {@link Long#MAX_VALUE} while this is the last one. */
    long endIndex() {
        return endIndex;
    }

    /** When its last record was taken, or the record before its first; microseconds since 1970. */
    long lastMicros() {
        return lastMicros;
    }

    void forced(long end, long micros) {
        lastMicros = micros;
        forcedEnd = end;
    }

    void endsAt(long index) {
        endIndex = index;
    }

    boolean isHeld() {
        return holders > 0;
    }

    void hold() {
        holders++;
    }

    void letGo() {
        holders--;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
