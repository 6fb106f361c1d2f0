package io.holdfast.broker.internal.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where to begin to look in a segment: it is divided into blocks, and of each is known where it begins, and which publishers'
 * sequences it holds. In memory only, made again by recovery. Written by the log's thread, read by any.
 */
final class SegmentIndex {

    private static final int PUBLISHERS_OF_SEGMENT = 4_096;
    private static final int PUBLISHERS_OF_BLOCK = 32;

    private final long blockBytes;
    private final List<Block> blocks = new ArrayList<>();
    private final PublisherRanges all = new PublisherRanges(PUBLISHERS_OF_SEGMENT);

    /** Nothing yet; a block ends with the record that brings it to so many bytes. */
    SegmentIndex(long blockBytes) {
        this.blockBytes = blockBytes;
    }

    /**
     * A place to begin to read at.
     *
     * @param index of the record there
     * @param place of the record there, in bytes
     * @param micros when that record was taken
     * @param publishers what is in the block
     */
    private record Block(long index, long place, long micros, PublisherRanges publishers) {

        Start start() {
            return new Start(index, place);
        }
    }

    /**
     * Where to begin to read.
     *
     * @param index the index of the record there
     * @param place its place in the file
     */
    record Start(long index, long place) {}

    /** Takes a record. */
    synchronized void add(LogRecord record, long place, long publisherHash) {
        Block last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last == null || place - last.place >= blockBytes) {
            last = new Block(record.index(), place, record.micros(), new PublisherRanges(PUBLISHERS_OF_BLOCK));
            blocks.add(last);
        }
        last.publishers.add(publisherHash, record.sequence());
        all.add(publisherHash, record.sequence());
    }

    /** The start of the block that has this index, or of the last one; {@code null} if there is no record. */
    synchronized @Nullable Start startOf(long index) {
        return start(lastBlock(block -> block.index <= index));
    }

    /** The start of the block in which, or right after which, the first record at or after this time is; {@code null} if there is no record. */
    synchronized @Nullable Start startAt(long micros) {
        return start(lastBlock(block -> block.micros < micros));
    }

    /** Whether the first record was taken before this time; false if there is none. */
    synchronized boolean beginsBefore(long micros) {
        return !blocks.isEmpty() && blocks.get(0).micros < micros;
    }

    /** The starts of the blocks in which a publisher's sequence may be, in order; a block ends where another begins. */
    synchronized List<Piece> mayHold(long publisherHash, long sequence) {
        List<Piece> found = new ArrayList<>();
        if (all.mayHold(publisherHash, sequence)) {
            for (int i = 0; i < blocks.size(); i++) {
                Block block = blocks.get(i);
                if (block.publishers.mayHold(publisherHash, sequence)) {
                    long end = i + 1 < blocks.size() ? blocks.get(i + 1).index : Long.MAX_VALUE;
                    found.add(new Piece(block.start(), end));
                }
            }
        }
        return found;
    }

    /**
     * A block to search.
     *
     * @param start its first record
     * @param endIndex the index that is no longer in it; {@link Long#MAX_VALUE} for the last block
     */
    record Piece(Start start, long endIndex) {}

    private static @Nullable Start start(@Nullable Block block) {
        return block == null ? null : block.start();
    }

    /** The last block of those at the front for which it holds; the first if for none; {@code null} if there is no block. */
    private @Nullable Block lastBlock(Predicate<Block> front) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (front.test(blocks.get(middle))) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return blocks.isEmpty() ? null : blocks.get(low);
    }
}
