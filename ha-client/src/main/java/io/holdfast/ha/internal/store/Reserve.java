package io.holdfast.ha.internal.store;

import io.holdfast.ha.internal.identity.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Room on the disk that messages do not get. On a full disk only sending what is stored makes room again, and that needs a little
 * of it: for the state when a session begins, and for what is settled. It is a file that is deleted then.
 *
 * <p>Confined to the log's lock.
 */
final class Reserve {

    private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);

    static final String FILE = "reserve";

    /** Some hundred sessions, or more than a thousand times what is settled. */
    static final int BYTES = 64 << 10;

    private final Path file;
    private boolean held;

    /** That of a folder, if it was left there. */
    Reserve(Path folder) throws IOException {
        file = folder.resolve(FILE);
        held = Files.exists(file) && Files.size(file) >= BYTES;
    }

    /** Takes it from the disk, if it is not held. */
    void take() throws IOException {
        if (held) {
            return;
        }
        byte[] something = new byte[BYTES];
        Arrays.fill(something, (byte) '.');
        ByteBuffer bytes = ByteBuffer.wrap(something);
        boolean interrupted = Thread.interrupted(); // it would close the channel
        try (FileChannel channel = PrivateFiles.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes, bytes.position());
            }
            held = true;
        } finally {
            if (!held) {
                Files.deleteIfExists(file);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@link #take()} when nothing depends on it yet. */
    void takeIfThereIsRoom() {
        try {
            take();
        } catch (IOException e) {
            LOG.debug("there is no room for a reserve yet; the first publish says so", e);
        }
    }

    /** Gives it to whoever writes next. Returns whether it was held. */
    boolean giveUp() throws IOException {
        boolean was = held;
        held = false;
        return Files.deleteIfExists(file) && was;
    }
}
