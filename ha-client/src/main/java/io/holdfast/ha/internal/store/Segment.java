package io.holdfast.ha.internal.store;

/** One file of a {@link FileLog}, and how many messages in it are not settled. Confined to the log's lock, but for its file. */
final class Segment {

    static final String PREFIX = "publish-";
    static final String SUFFIX = ".log";

    private final int number;
    private final SegmentFile file;
    private long end;
    private int live;
    private boolean used;

    Segment(int number, SegmentFile file, long end) {
        this.number = number;
        this.file = file;
        this.end = end;
    }

    /** The name of the file with this number. */
    static String fileName(int number) {
        return String.format("%s%010d%s", PREFIX, number, SUFFIX);
    }

    int number() {
        return number;
    }

    SegmentFile file() {
        return file;
    }

    /** Where the next record goes. */
    long end() {
        return end;
    }

    void wrote(int bytes) {
        end += bytes;
    }

    /** A place in it, as entries keep it. */
    long place(long position) {
        return place(number, position);
    }

    /** A place in the file with this number. */
    static long place(int number, long position) {
        return (long) number << 32 | position;
    }

    static int numberOf(long place) {
        return (int) (place >> 32);
    }

    static long positionOf(long place) {
        return place & 0xffff_ffffL;
    }

    void added() {
        live++;
        used = true;
    }

    void settled() {
        live--;
    }

    /** Whether a message was ever put into it, as far as this process knows. */
    boolean isUsed() {
        return used;
    }

    boolean isLive() {
        return live > 0;
    }
}
