package io.holdfast.ha.internal.identity;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Locks of the operating system, on the file {@code lock} of a folder.
 *
 * <p><strong>Nothing else in this JVM may ever open that file.</strong> On POSIX systems a process loses its lock on a file when
 * it closes <em>any</em> descriptor of it, merely after reading; {@link FileLock#isValid()} goes on to say true. Hence a file that
 * holds nothing and is never read, and a registry that allows one channel for each real path.
 */
final class FileLocks implements FolderLocks {

    private static final String FILE = "lock";

    private final JvmRegistry registry;

    FileLocks(JvmRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Attempt tryLock(Path folder, String createdAt) throws IOException {
        Path file = folder.toRealPath().resolve(FILE);
        String other = registry.claim(file, createdAt);
        if (other != null) {
            return Attempt.heldHere(other);
        }
        boolean taken = false;
        try {
            Attempt attempt = tryLockChannel(file);
            taken = attempt.lock() != null;
            return attempt;
        } finally {
            if (!taken) {
                registry.unclaim(file);
            }
        }
    }

    private Attempt tryLockChannel(Path file) throws IOException {
        FileChannel left = registry.takeLeftOpen(file);
        FileChannel channel =
                left != null ? left : PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean mayClose = true;
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
            return lock == null ? Attempt.heldElsewhere() : Attempt.taken(new Held(file, channel, lock));
        } catch (OverlappingFileLockException e) {
            // Held by this JVM, but not through this registry: the library was loaded twice, or the folder is mounted
            // twice. Closing our channel would drop that lock, so it stays open, to be used again.
            mayClose = false;
            registry.leaveOpen(file, channel);
            return Attempt.heldHere(
                    "a place unknown to this copy of the library (loaded twice, or its folder mounted twice)");
        } finally {
            if (lock == null && mayClose) {
                channel.close();
            }
        }
    }

    private final class Held implements Lock {

        private final Path file;
        private final FileChannel channel;
        private final FileLock lock;
        private final AtomicBoolean released = new AtomicBoolean();

        Held(Path file, FileChannel channel, FileLock lock) {
            this.file = file;
            this.channel = channel;
            this.lock = requireNonNull(lock);
        }

        @Override
        public void release() throws IOException {
            if (released.compareAndSet(false, true)) {
                try (channel) {
                    lock.release();
                } finally {
                    // Last: until the channel is closed, no other may be opened.
                    registry.unclaim(file);
                }
            }
        }
    }
}
