package io.holdfast.ha.internal.identity;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code mark} of a folder. Anybody may read it at any time; it is replaced as a whole. It is not fsynced: the next
 * boot needs no counter of this one.
 */
final class MarkFile {

    private static final String FILE = "mark";

    private final Path folder;
    private final Path file;

    MarkFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(FILE);
    }

    Seen read() throws IOException {
        byte[] bytes;
        try {
            bytes = PrivateFiles.read(file, LineRecord.MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            return Seen.NOTHING;
        }
        try {
            return new Seen(true, bytes, Mark.decode(bytes));
        } catch (DamagedRecord e) {
            return new Seen(true, bytes, null);
        }
    }

    /** Writes the first mark; false if another was there first. */
    boolean create(Mark mark) throws IOException {
        try {
            PrivateFiles.createWhole(file, temporary(mark), mark.encode());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    void replace(Mark mark) throws IOException {
        PrivateFiles.replaceQuickly(file, temporary(mark), mark.encode());
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Deletes what a killed holder left unfinished. */
    void deleteLeftovers() throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, FILE + ".*" + PrivateFiles.TEMPORARY)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    /** With the nonce in it: where locks do not work, two machines may write at once. */
    private Path temporary(Mark mark) {
        return folder.resolve(FILE + "." + mark.nonce() + PrivateFiles.TEMPORARY);
    }

    /**
     * What the file held when it was read.
     *
     * @param isThere whether there is one
     * @param bytes its content; empty if there is no file
     * @param mark the mark in it, {@code null} if it is not a mark
     */
    @SuppressWarnings("ArrayRecordComponent") // compared through sameAs, never as a record
    record Seen(boolean isThere, byte[] bytes, @Nullable Mark mark) {

        static final Seen NOTHING = new Seen(false, new byte[0], null);

        boolean isOf(Mark other) {
            return mark != null && mark.nonce().equals(other.nonce());
        }

        boolean sameAs(Seen other) {
            return isThere == other.isThere && Arrays.equals(bytes, other.bytes);
        }
    }
}
