package io.holdfast.ha.sim;

import io.holdfast.testkit.fs.FaultFileSystem;
import io.holdfast.testkit.fs.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk of one program: survives its lives, and takes part in its deaths. It can be full for a while, and it can be what the
 * program dies at, in the middle of a write.
 */
final class SimDisk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimDisk.class);

    /** Larger writes than this many bytes can be torn. */
    private static final int LEAST_TORN = 8;

    private final TemporaryFolder above;
    private final Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    private @Nullable FaultFileSystem files;
    private boolean full;

    SimDisk(String name) {
        try {
            above = TemporaryFolder.create("sim-" + name);
            folder = Files.createDirectory(above.path().resolve("disk"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new life begins; {@code kill} ends it, if it is to die within a write. */
    void mount(Runnable kill) {
        giveBack();
        try {
            FaultFileSystem mounted = FaultFileSystem.over(folder);
            mounted.faults().whenStopped(kill);
            files = mounted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (full) {
            fill();
        }
    }

    /** The folder as this life sees it. */
    Path root() {
        return Objects.requireNonNull(files, "not mounted").root();
    }

    /** Something that this life has open, whose locks the operating system gives back when it dies. */
    void opened(AutoCloseable store) {
        open.add(store);
    }

    /** It takes nothing more, until it is {@linkplain #clear() cleared}; what is there can be read, shortened and deleted. */
    void fill() {
        full = true;
        if (files != null) {
            files.faults().fail("write");
        }
    }

    /** There is room again. */
    void clear() {
        full = false;
        if (files != null) {
            files.faults().heal();
        }
    }

    boolean isFull() {
        return full;
    }

    /** The program is killed at the step after so many more; a write takes several. */
    void dieAfter(int steps) {
        if (files != null) {
            files.faults().tearAbove(LEAST_TORN);
            files.faults().stopAfter(steps);
        }
    }

    /**
     * The program is dead: nothing it does reaches the disk any more.
     *
     * @param withPower whether the machine dies with it, and takes what was not forced
     */
    void died(boolean withPower) {
        FaultFileSystem dead = files;
        if (dead == null) {
            return;
        }
        dead.faults().stopAfter(0);
        if (withPower) {
            try {
                dead.losePower();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What the operating system takes back from a dead process: not before it has left the calls that it died in. */
    private void giveBack() {
        open.forEach(SimDisk::unlock);
        open.clear();
    }

    /** Of a dead process a store's end only gives its lock back; the rest of it fails, as it should. */
    private static void unlock(AutoCloseable store) {
        try {
            store.close();
        } catch (Exception e) {
            LOG.debug("a dead process wrote nothing more", e);
        }
    }

    @Override
    public void close() {
        giveBack();
        above.close();
    }
}
