package io.holdfast.testkit.fs;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A view of a real folder through which a simulated process works, until {@link #faults()} kills it.
 *
 * <p>It also knows what was made durable. {@link #losePower()} takes from the real folder whatever a power failure may
 * take: content written and not forced, and names made, replaced or deleted in a folder that was not forced since. It
 * takes all of it, which is the worst case; a kill alone takes nothing.
 *
 * <p>Until it is closed it keeps a folder {@code inodes...} beside its own.
 */
public final class FaultFileSystem extends FileSystem {

    private final Path root;
    private final FileSystem below;
    private final Faults faults = new Faults();
    private final Durability durability;
    private final FaultProvider provider;

    private FaultFileSystem(Path root) throws IOException {
        this.root = root;
        this.below = root.getFileSystem();
        this.durability = new Durability(root);
        this.provider = new FaultProvider(this, below.provider());
    }

    /** A view of this folder; everything that is in it now counts as durable. */
    public static FaultFileSystem over(Path root) throws IOException {
        return new FaultFileSystem(root);
    }

    /** The folder, as the simulated process sees it. */
    public Path root() {
        return wrap(root);
    }

    /** Where the process is killed. */
    public Faults faults() {
        return faults;
    }

    /** Takes what was not durable, in the real folder; call it when the process is dead. */
    public void losePower() throws IOException {
        durability.restore();
    }

    /**
     * Takes any part of what was not durable, as a disk may that writes in an order of its own: of each file any pieces of
     * {@value Durability#PIECE} bytes, of each folder any names.
     */
    public void losePower(RandomGenerator choice) throws IOException {
        durability.restore(choice);
    }

    /** How many bytes its files have together. */
    public long used() throws IOException {
        long used = 0;
        for (Path path : TemporaryFolder.deepestFirst(root)) {
            used += Files.isRegularFile(path) ? Files.size(path) : 0;
        }
        return used;
    }

    void checkRoom(long more) throws IOException {
        long room = faults.room();
        if (more > 0 && room < Long.MAX_VALUE && used() + more > room) {
            throw new IOException("No space left on device");
        }
    }

    Durability durability() {
        return durability;
    }

    FaultPath wrap(Path path) {
        return new FaultPath(this, path);
    }

    @Override
    public FaultProvider provider() {
        return provider;
    }

    /** Forgets what was durable, and deletes what it kept beside the folder for that. The folder stays. */
    @Override
    public void close() {
        durability.close();
    }

    @Override
    public boolean isOpen() {
        return below.isOpen();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return below.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return below.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(below.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = below.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(FaultPath.unwrap(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return below.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
