package io.holdfast.ha.internal.store.bookmark;

import io.holdfast.ha.internal.identity.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file of a bookmark store, open at its end. What was forced to the disk is marked in the file, ahead of the next record, so
 * that a later reader can tell an unfinished end from damage. Confined to its store's lock, but for {@link #force()}.
 */
final class BookmarkLog {

    static final String FILE = "bookmarks";

    private final FileChannel channel;
    private final RecordBuffer mark = new RecordBuffer();
    private final int snapshotEnd;
    private long end;
    private long forced;
    private long marked;

    private BookmarkLog(FileChannel channel, int snapshotEnd, long end, long forced) {
        this.channel = channel;
        this.snapshotEnd = snapshotEnd;
        this.end = end;
        this.forced = forced;
        this.marked = forced;
    }

    /**
     * Opens the file that has just been read, behind its last whole record; the rest is cut off.
     *
     * @param end behind the last whole record
     */
    static BookmarkLog open(Path folder, int snapshotEnd, long end) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.WRITE);
        try {
            if (channel.size() > end) {
                channel.truncate(end);
                channel.force(true);
            }
            channel.position(end);
            return new BookmarkLog(channel, snapshotEnd, end, snapshotEnd);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** A file that is being written to take the place of the present one, which goes on meanwhile. */
    static final class Replacement {

        private final Path temporary;
        private final int snapshotEnd;
        private long end;

        private Replacement(Path temporary, int snapshotEnd) {
            this.temporary = temporary;
            this.snapshotEnd = snapshotEnd;
            this.end = snapshotEnd;
        }
    }

    /** Writes a snapshot beside the present file, and forces it. */
    static Replacement prepare(Path folder, String clientName, byte[] snapshot) throws IOException {
        FileHeader header = new FileHeader(clientName, snapshot.length);
        Path temporary = folder.resolve(FILE + ".tmp");
        Replacement replacement = new Replacement(temporary, header.size() + snapshot.length);
        try (FileChannel channel = PrivateFiles.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, ByteBuffer.wrap(header.encode()));
            writeFully(channel, ByteBuffer.wrap(snapshot));
            channel.force(true);
        }
        return replacement;
    }

    /** Adds what was acknowledged since, and puts the new file in the place of the old one. */
    static BookmarkLog replace(Path folder, Replacement replacement, byte[] since) throws IOException {
        if (since.length > 0) {
            try (FileChannel channel = FileChannel.open(replacement.temporary, StandardOpenOption.WRITE)) {
                channel.position(replacement.end);
                writeFully(channel, ByteBuffer.wrap(since));
                channel.force(true);
                replacement.end += since.length;
            }
        }
        Path file = folder.resolve(FILE);
        Files.move(replacement.temporary, file, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncFolder(folder);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.position(replacement.end);
        return new BookmarkLog(channel, replacement.snapshotEnd, replacement.end, replacement.end);
    }

    /** Adds whole records. After a failure nothing more may be added here. */
    void append(ByteBuffer records) throws IOException {
        if (forced > marked) {
            ByteBuffer bytes = mark.synced(end, forced).contents();
            int size = bytes.remaining();
            writeFully(channel, bytes);
            mark.clear();
            end += size;
            marked = forced;
        }
        int size = records.remaining();
        writeFully(channel, records);
        end += size;
    }

    /** Where the next record goes. */
    long end() {
        return end;
    }

    /** Whether something was added since it was forced last. */
    boolean isUnforced() {
        return end > forced;
    }

    /** How many bytes came after the snapshot. */
    long grown() {
        return end - snapshotEnd;
    }

    /** How large the snapshot is. */
    int snapshotEnd() {
        return snapshotEnd;
    }

    /** Makes what was added durable; needs no lock. */
    void force() throws IOException {
        channel.force(false);
    }

    /** Everything up to here has been forced. */
    void forced(long upTo) {
        forced = Math.max(forced, upTo);
    }

    void close() throws IOException {
        channel.close();
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
