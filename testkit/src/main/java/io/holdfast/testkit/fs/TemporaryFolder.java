package io.holdfast.testkit.fs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that is gone when it is closed, with all that is in it: for whatever lives shorter or longer than one test method,
 * where JUnit's own does not reach. Any thread.
 */
public final class TemporaryFolder implements AutoCloseable {

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** A new one among the temporary files of this machine, whose name begins so. */
    public static TemporaryFolder create(String prefix) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new one beside another file or folder, on the same file system. */
    static TemporaryFolder beside(Path other, String prefix) throws IOException {
        return new TemporaryFolder(
                Files.createTempDirectory(other.toAbsolutePath().getParent(), prefix));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Deletes what is in it; the folder stays. */
    public void clear() {
        delete(false);
    }

    /** Deletes it. Idempotent; links are deleted, not followed. */
    @Override
    public void close() {
        delete(true);
    }

    private void delete(boolean itself) {
        try {
            for (Path each : deepestFirst(path)) {
                if (itself || !each.equals(path)) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder and all that is in it, what lies within before what it lies in; nothing if there is no such folder. */
    static List<Path> deepestFirst(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
