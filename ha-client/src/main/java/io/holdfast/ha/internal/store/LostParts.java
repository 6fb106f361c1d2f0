package io.holdfast.ha.internal.store;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.error.Untrusted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a log's files that are no records. A power failure takes any of what was not yet on the disk, in any order: what it
 * may have taken is mended, so that it is not met again; what had been on the disk for certain is damage.
 *
 * <pre>
 * in a file, whole records behind it       filled with a record that says nothing
 * the end of a file                        cut off
 * the beginning of a file                  the file is deleted, or set aside if there are whole records in it
 * </pre>
 *
 * <p>One use, one thread: collected while the files are read, and mended when all of them were.
 */
final class LostParts {

    private static final Logger LOG = LoggerFactory.getLogger(LostParts.class);

    /** What the name of a file ends with that was set aside. */
    private static final String ASIDE = ".lost";

    private final List<Part> parts = new ArrayList<>();
    private boolean changedFolder;

    private enum Kind {
        HOLE,
        END,
        FILE,
        EMPTY_FILE
    }

    private record Part(Kind kind, SegmentFile file, int number, long from, long until) {}

    /** No record begins at {@code from}; the next one begins at {@code until}. */
    void hole(SegmentFile file, int number, long from, long until) {
        parts.add(new Part(Kind.HOLE, file, number, from, until));
    }

    /** There is no record from here to the end of the file. */
    void end(SegmentFile file, int number, long from, long until) {
        parts.add(new Part(Kind.END, file, number, from, until));
    }

    /** A file does not begin with a header. */
    void file(SegmentFile file, int number, long size, boolean hasRecords) {
        parts.add(new Part(hasRecords ? Kind.FILE : Kind.EMPTY_FILE, file, number, 0, size));
    }

    /** Whether something is lost with whole records behind it. */
    boolean tookRecords() {
        return parts.stream().anyMatch(part -> part.kind() == Kind.HOLE || part.kind() == Kind.FILE);
    }

    /**
     * Lets pass what a power failure may have taken.
     *
     * @param forcedPlace everything before it was on the disk
     * @throws StoreException if it was there
     */
    void check(long forcedPlace) {
        for (Part part : parts) {
            if (Segment.place(part.number(), part.from()) < forcedPlace) {
                throw damaged(part.file().path(), part.from());
            }
        }
    }

    static StoreException damaged(Path file, long position) {
        return new StoreException(
                file.toString(),
                Trouble.DAMAGED,
                "byte " + position + " begins no record, and it is not just an unfinished end",
                "restore the file from a backup; or, to go on with what comes before it, cut it there (truncate -s "
                        + position + "); or move the folder away: what is in it is then not sent",
                null);
    }

    /** Mends all, durably. Returns whether names in the folder have changed. */
    boolean mend() throws IOException {
        for (Part part : parts) {
            switch (part.kind()) {
                case HOLE -> fill(part);
                case END -> cut(part);
                case FILE -> setAside(part);
                case EMPTY_FILE -> delete(part);
                default -> throw new AssertionError(part);
            }
        }
        return changedFolder;
    }

    private static void fill(Part part) throws IOException {
        ByteBuffer there = ByteBuffer.allocate((int) (part.until() - part.from()));
        part.file().read(there, part.from());
        PublishRecords.filler(Segment.place(part.number(), part.from()), there.flip());
        part.file().write(there.limit(PublishRecords.PRELUDE), part.from());
        part.file().force();
        tell(part, "a power failure took this part before it was on the disk");
    }

    private static void cut(Part part) throws IOException {
        tell(part, "the last record was not finished");
        part.file().truncate(part.from());
        part.file().force();
    }

    private void setAside(Part part) throws IOException {
        Path path = part.file().path();
        tell(part, "a power failure took the beginning of this file before it was on the disk: it is set aside");
        part.file().close();
        Path name = requireNonNull(path.getFileName());
        Files.move(path, path.resolveSibling(name + ASIDE), StandardCopyOption.REPLACE_EXISTING);
        changedFolder = true;
    }

    private void delete(Part part) throws IOException {
        part.file().close();
        Files.delete(part.file().path());
        changedFolder = true;
    }

    private static void tell(Part part, String detail) {
        LOG.warn(
                "HF-2301 store-tail-cut file=\"{}\" at={} bytes={} detail=\"{}\"",
                Untrusted.escape(part.file().path().toString()),
                part.from(),
                part.until() - part.from(),
                detail);
    }

    /** Closes the files that are in no log. */
    void close() throws IOException {
        for (Part part : parts) {
            if (part.kind() == Kind.FILE || part.kind() == Kind.EMPTY_FILE) {
                part.file().close();
            }
        }
    }
}
