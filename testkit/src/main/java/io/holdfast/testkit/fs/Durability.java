package io.holdfast.testkit.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What would be there after a power failure, by the rules of POSIX and no more: the content of a file as of its last fsync, the
 * names in a folder as of that folder's. Folders themselves survive, which is all the tests need.
 */
final class Durability {

    private final Path root;

    /** The durable content of each file, by inode, so that it follows a rename. */
    private final Map<Object, byte[]> contents = new HashMap<>();

    /** The durable names in each folder. */
    private final Map<Path, Map<Path, Object>> names = new HashMap<>();

    /** A second link to every file that is known here, so that its inode is not given to another one. */
    private final Path kept;

    Durability(Path root) throws IOException {
        this.root = root;
        this.kept = Files.createTempDirectory(root.toAbsolutePath().getParent(), "inodes");
        for (Path path : everything()) {
            forced(path);
        }
    }

    synchronized void forced(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            Map<Path, Object> now = new HashMap<>();
            for (Path file : children(path)) {
                now.put(file, inode(file));
            }
            names.put(path, now);
        } else {
            contents.put(inode(path), Files.readAllBytes(path));
        }
    }

    synchronized void restore() throws IOException {
        for (Path path : everything()) {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(path);
            }
        }
        for (Map<Path, Object> folder : names.values()) {
            for (Map.Entry<Path, Object> file : folder.entrySet()) {
                // A name that was durable before its content shows an empty file.
                Files.write(file.getKey(), contents.getOrDefault(file.getValue(), new byte[0]));
            }
        }
    }

    private Object inode(Path file) throws IOException {
        Object inode = Files.getAttribute(file, "unix:ino");
        Path link = kept.resolve(inode.toString());
        if (!Files.exists(link)) {
            Files.createLink(link, file);
        }
        return inode;
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }
}
