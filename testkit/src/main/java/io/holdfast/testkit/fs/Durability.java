package io.holdfast.testkit.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What would be there after a power failure, by the rules of POSIX and no more: the content of a file as of its last fsync, the
 * names in a folder as of that folder's.
 */
final class Durability implements AutoCloseable {

    /** Stands for a folder among the names. */
    private static final Object FOLDER = new Object();

    /** What a power failure takes or leaves as a whole. */
    static final int PIECE = 64;

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
            names.put(path, namesIn(path));
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

    /** Makes any part of what is not durable so, and takes the rest. */
    synchronized void restore(RandomGenerator choice) throws IOException {
        TreeSet<Long> inodes = new TreeSet<>();
        for (Path path : everything()) {
            if (Files.isDirectory(path)) {
                keepSomeNames(path, choice);
            } else {
                inodes.add((Long) inode(path));
            }
        }
        for (Map<Path, Object> folder : names.values()) {
            folder.values().stream().filter(Long.class::isInstance).forEach(inode -> inodes.add((Long) inode));
        }
        for (Long inode : inodes) {
            byte[] now = Files.readAllBytes(kept.path().resolve(inode.toString()));
            contents.put(inode, someOf(contents.getOrDefault(inode, new byte[0]), now, choice));
        }
        restore();
    }

    private void keepSomeNames(Path folder, RandomGenerator choice) throws IOException {
        Map<Path, Object> was = names.getOrDefault(folder, Map.of());
        Map<Path, Object> now = namesIn(folder);
        TreeSet<Path> all = new TreeSet<>(was.keySet());
        all.addAll(now.keySet());
        Map<Path, Object> some = new HashMap<>();
        for (Path name : all) {
            Object inode = (choice.nextBoolean() ? now : was).get(name);
            if (inode != null) {
                some.put(name, inode);
            }
        }
        names.put(folder, some);
    }

    /** Any pieces of what is now where it differs from what was; what was never written and lies before something is zeros. */
    private static byte[] someOf(byte[] was, byte[] now, RandomGenerator choice) {
        int size = switch (choice.nextInt(3)) {
            case 0 -> was.length;
            case 1 -> now.length;
            default -> Math.min(was.length, now.length) + choice.nextInt(Math.abs(was.length - now.length) + 1);
        };
        byte[] some = Arrays.copyOf(was, size);
        for (int at = 0; at < Math.min(size, now.length); at += PIECE) {
            if (choice.nextBoolean()) {
                System.arraycopy(now, at, some, at, Math.min(PIECE, Math.min(size, now.length) - at));
            }
        }
        return some;
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

    private Map<Path, Object> namesIn(Path folder) throws IOException {
        Map<Path, Object> now = new HashMap<>();
        for (Path file : children(folder)) {
            now.put(file, Files.isDirectory(file) ? FOLDER : inode(file));
        }
        return now;
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
