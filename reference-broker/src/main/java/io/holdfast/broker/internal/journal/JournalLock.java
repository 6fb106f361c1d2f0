package io.holdfast.broker.internal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder is one broker's: a lock of the operating system on the file {@code lock}, and who has it in {@code holder}.
 *
 * <p>Nothing else in this JVM may ever open {@code lock}: a POSIX process loses its lock on a file when it closes any descriptor of it.
 * Hence an empty file that is never read, a file of its own for the text, and a registry that allows one channel in this JVM.
 */
final class JournalLock implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String HOLDER = "holder";
    private static final int HOLDER_BYTES = 1 << 10;

    /** The registry of this JVM: to the operating system two brokers in it are one process. */
    private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;
    private boolean released;

    private JournalLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock without waiting.
     *
     * @throws JournalException if another broker has it, naming its process
     */
    static JournalLock take(Path folder, String instance, Instant now) throws IOException {
        Path real = folder.toRealPath();
        Path file = real.resolve(LOCK);
        String other = HELD.putIfAbsent(file, instance);
        if (other != null) {
            throw refusal(
                    folder,
                    "instance '" + other + "' in this process, pid "
                            + ProcessHandle.current().pid());
        }
        JournalLock lock = null;
        try {
            lock = tryLock(folder, file);
            write(real.resolve(HOLDER), Holder.here(instance, now));
            return lock;
        } catch (IOException | RuntimeException e) {
            if (lock != null) {
                lock.close();
            } else {
                HELD.remove(file);
            }
            throw e;
        }
    }

    private static JournalLock tryLock(Path folder, Path file) throws IOException {
        FileChannel channel = JournalFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this JVM past our registry: this class was loaded twice. Closing the channel would drop that
            // lock,
            // so it stays open.
            throw refusal(folder, "another copy of this program in this process");
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        if (lock == null) {
            channel.close();
            throw refusal(folder, holder(file.resolveSibling(HOLDER)));
        }
        return new JournalLock(file, channel);
    }

    private static JournalException refusal(Path folder, String holder) {
        return new JournalException(
                "the journal in " + folder + " is in use by " + holder
                        + "; give this broker a folder of its own, or end the other one first",
                null);
    }

    private static String holder(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer text = ByteBuffer.allocate(HOLDER_BYTES);
            while (text.hasRemaining() && channel.read(text) >= 0) {
                // all of it
            }
            return Holder.shown(UTF_8.decode(text.flip()).toString());
        } catch (IOException e) {
            return "another process, which does not say who it is (" + e + ")";
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(HOLDER + JournalFiles.TEMPORARY);
        try (FileChannel channel = JournalFiles.create(temporary)) {
            JournalFiles.write(channel, UTF_8.encode(text));
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives it back. Idempotent. */
    @Override
    public void close() throws IOException {
        if (!released) {
            released = true;
            try {
                channel.close(); // and with it the lock
            } finally {
                HELD.remove(file); // last: until the channel is closed, no other may be opened
            }
        }
    }
}
