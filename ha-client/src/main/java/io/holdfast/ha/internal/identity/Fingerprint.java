package io.holdfast.ha.internal.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Where a name was made: three facts that change in different ways.
 *
 * @param machine the machine's id, hashed: a name file may be shown around
 * @param path the real path of the folder
 * @param folder {@code ino:} and the inode of the folder, which a copy does not have; where there are no inodes
 *     {@code born:} and its creation time
 */
record Fingerprint(String machine, String path, String folder) {

    private static final int MACHINE_CHARS = 16;

    /** The fingerprint a name made here and now would get. */
    static Fingerprint of(Path folder, String machineId) throws IOException {
        byte[] salted = ("holdfast machine " + machineId).getBytes(StandardCharsets.UTF_8);
        return new Fingerprint(
                Sha256.hex(salted).substring(0, MACHINE_CHARS),
                folder.toRealPath().toString(),
                identityOf(folder));
    }

    /** What happened to the folder between this fingerprint, in its file, and the one it would get now. */
    Change changeTo(Fingerprint now) {
        if (!folder.equals(now.folder)) {
            return Change.COPIED;
        }
        if (!machine.equals(now.machine)) {
            return Change.MOVED;
        }
        return path.equals(now.path) ? Change.NONE : Change.RENAMED;
    }

    /** For messages. */
    String describe() {
        return "path=" + path + " machine=" + machine + " folder=" + folder;
    }

    private static String identityOf(Path folder) throws IOException {
        Set<String> views = folder.getFileSystem().supportedFileAttributeViews();
        return views.contains("unix")
                ? "ino:" + Files.getAttribute(folder, "unix:ino")
                : "born:"
                        + Files.readAttributes(folder, BasicFileAttributes.class)
                                .creationTime()
                                .toMillis();
    }

    /** What can have happened to a folder. */
    enum Change {
        /** Nothing. */
        NONE,
        /** Renamed, or mounted elsewhere: the same folder on the same machine. */
        RENAMED,
        /** Another machine has it now, or a clone of its whole volume. */
        MOVED,
        /** It is another folder with the same files. */
        COPIED
    }
}
