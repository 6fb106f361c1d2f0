package io.holdfast.testkit.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What would be there after a power failure, by the rules of POSIX and no more: the content of a file as of its last fsync, the
 * names in a folder as of that folder's.
 */
final class Durability implements AutoCloseable {

    /** Stands for a folder among the names. */
    private static final Object FOLDER = new Object();

    private final Path root;

    /** The durable content of each file, by inode, so that it follows a rename. */
    private final Map<Object, byte[]> contents = new HashMap<>();

    /** The durable names in each folder. */
    private final Map<Path, Map<Path, Object>> names = new HashMap<>();

    /** A second link to every file that is known here, so that its inode is not given to another one. */
    private final TemporaryFolder kept;

    Durability(Path root) throws IOException {
        this.root = root;
        this.kept = TemporaryFolder.beside(root, "inodes");
        for (Path path : everything()) {
            forced(path);
        }
    }

    synchronized void forced(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            Map<Path, Object> now = new HashMap<>();
            for (Path file : children(path)) {
                now.put(file, Files.isDirectory(file) ? FOLDER : inode(file));
            }
            names.put(path, now);
        } else {
            contents.put(inode(path), Files.readAllBytes(path));
        }
    }

    synchronized void restore() throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        List<Path> folders = new ArrayList<>();
        collect(root, folders, files);
        for (Path path : everything()) {
            if (!folders.contains(path)) {
                Files.delete(path);
            }
        }
        for (Path folder : folders) {
            Files.createDirectories(folder);
        }
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    /** What can be reached by durable names. */
    private void collect(Path folder, List<Path> folders, Map<Path, byte[]> files) {
        folders.add(folder);
        names.getOrDefault(folder, Map.of()).forEach((path, inode) -> {
            if (inode == FOLDER) {
                collect(path, folders, files);
            } else {
                // A name that was durable before its content shows an empty file.
                files.put(path, contents.getOrDefault(inode, new byte[0]));
            }
        });
    }

    private Object inode(Path file) throws IOException {
        Object inode = Files.getAttribute(file, "unix:ino");
        Path link = kept.path().resolve(inode.toString());
        if (!Files.exists(link)) {
            Files.createLink(link, file);
        }
        return inode;
    }

    private List<Path> everything() throws IOException {
        return TemporaryFolder.deepestFirst(root);
    }

    /** Inodes may be used again from now on. */
    @Override
    public void close() {
        kept.close();
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        }
    }
}
