package io.holdfast.testkit.fs;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does everything on the real file system, after asking {@link Faults} before each step that changes something. */
final class FaultProvider extends FileSystemProvider {

    private final FaultFileSystem files;
    private final FileSystemProvider below;

    FaultProvider(FaultFileSystem files, FileSystemProvider below) {
        this.files = files;
        this.below = below;
    }

    @Override
    public String getScheme() {
        return "fault";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        return newFileChannel(path, options, attrs);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        Path real = FaultPath.unwrap(path);
        boolean writes = options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
        if (writes) {
            files.faults().step("open " + real.getFileName());
        } else {
            files.faults().alive();
        }
        return new FaultChannel(below.newFileChannel(real, options, attrs), real, files);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        files.faults().alive();
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = below.newDirectoryStream(FaultPath.unwrap(dir), path -> true)) {
            for (Path entry : stream) {
                if (filter.accept(files.wrap(entry))) {
                    entries.add(files.wrap(entry));
                }
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return entries.iterator();
            }

            @Override
            public void close() {
                // read already
            }
        };
    }

    @Override
    public void createDirectory(Path dir, FileAttribute<?>... attrs) throws IOException {
        Path real = FaultPath.unwrap(dir);
        if (real.toFile().isDirectory()) {
            // The JDK tries first and looks afterwards: no step.
            below.createDirectory(real, attrs);
        }
        files.faults().step("mkdir " + real.getFileName());
        below.createDirectory(real, attrs);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        Path real = FaultPath.unwrap(link);
        files.faults().step("link " + real.getFileName());
        below.createLink(real, FaultPath.unwrap(existing));
    }

    @Override
    public void delete(Path path) throws IOException {
        Path real = FaultPath.unwrap(path);
        files.faults().step("delete " + real.getFileName());
        below.delete(real);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Path real = FaultPath.unwrap(target);
        files.faults().step("copy to " + real.getFileName());
        below.copy(FaultPath.unwrap(source), real, options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Path real = FaultPath.unwrap(target);
        files.faults().step("rename to " + real.getFileName());
        below.move(FaultPath.unwrap(source), real, options);
    }

    @Override
    public boolean isSameFile(Path path, Path path2) throws IOException {
        return below.isSameFile(FaultPath.unwrap(path), FaultPath.unwrap(path2));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return below.isHidden(FaultPath.unwrap(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return below.getFileStore(FaultPath.unwrap(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        below.checkAccess(FaultPath.unwrap(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return below.getFileAttributeView(FaultPath.unwrap(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return below.readAttributes(FaultPath.unwrap(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return below.readAttributes(FaultPath.unwrap(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        files.faults().step("set " + attribute);
        below.setAttribute(FaultPath.unwrap(path), attribute, value, options);
    }
}
