package io.holdfast.ha.internal.identity;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * Folders and files for their owner only (0700, 0600 where the file system knows POSIX permissions; elsewhere the folder's own
 * rules apply), and replaced as a whole: a reader sees the old content or the new, and so does the next start after a
 * crash.
 */
public final class PrivateFiles {

    /** What the name of an unfinished file ends with. */
    static final String TEMPORARY = ".tmp";

    private PrivateFiles() {}

    /** Makes the folder and its parents, those that are missing, so that they survive a crash of the machine. */
    public static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createFolder(parent);
        }
        try {
            Files.createDirectory(folder, attributes(folder, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            // Another process was quicker; it may not have come to the fsync yet.
        }
        if (parent != null) {
            syncFolder(parent);
        }
    }

    /** Opens a channel, with which a missing file is made private. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), attributes(file, "rw-------"));
    }

    /**
     * The content, at most {@code limit} bytes of it.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    public static byte[] read(Path file, int limit) throws IOException {
        try (ReadableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(limit);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until the end, or the limit
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    /** Replaces a file so that it survives a crash of the machine: temporary file, fsync, rename, fsync of the folder. */
    public static void replaceDurably(Path file, byte[] content) throws IOException {
        // The holder of the folder is the only writer, so that one temporary name is enough and a leftover is
        // overwritten.
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
        write(temporary, content, true);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folderOf(file));
    }

    /** Replaces a file at once for every reader; a crash of the machine may lose it. */
    static void replaceQuickly(Path file, Path temporary, byte[] content) throws IOException {
        write(temporary, content, false);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Makes a file that must not exist yet, whole from its first moment: on a shared volume two machines may try at once.
     *
     * @throws java.nio.file.FileAlreadyExistsException if another was first
     */
    static void createWhole(Path file, Path temporary, byte[] content) throws IOException {
        write(temporary, content, false);
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            Files.delete(temporary);
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // No hard links here. The JDK looks and then renames: nearly as good.
            Files.move(temporary, file);
            return;
        }
        Files.delete(temporary);
    }

    /** Keeps a copy of a file under a name of its own beside it, durably. */
    static Path keepCopy(Path file, String suffix) throws IOException {
        Path copy = unused(file, suffix);
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        syncFolder(folderOf(file));
        return copy;
    }

    /** Moves a file or folder to a name of its own beside it, durably. */
    static Path moveAside(Path path, String suffix) throws IOException {
        Path aside = unused(path, suffix);
        Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folderOf(path));
        return aside;
    }

    private static Path unused(Path path, String suffix) {
        Path name = path.resolveSibling(path.getFileName() + "." + suffix);
        for (int i = 2; Files.exists(name); i++) {
            name = path.resolveSibling(path.getFileName() + "." + suffix + "-" + i);
        }
        return name;
    }

    /**
     * Makes renames and new files in the folder durable. Windows has no such call and does without. The JDK closes a channel that
     * an interrupted thread uses, which says nothing about the disk: then it is done again, and the thread stays interrupted.
     */
    public static void syncFolder(Path folder) throws IOException {
        if (!isPosix(folder)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            boolean synced = false;
            while (!synced) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                    synced = true;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void write(Path file, byte[] content, boolean durable) throws IOException {
        try (FileChannel channel =
                open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durable) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Path folderOf(Path file) {
        return requireNonNull(file.getParent(), "a file with a folder");
    }
}
