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

/** The disk of one program: survives its lives, and takes part in its deaths. */
final class SimDisk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimDisk.class);

    private final TemporaryFolder above;
    private final Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    private @Nullable FaultFileSystem files;

    SimDisk(String name) {
        try {
            above = TemporaryFolder.create("sim-" + name);
            folder = Files.createDirectory(above.path().resolve("disk"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new life begins. */
    void mount() {
        try {
            files = FaultFileSystem.over(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder as this life sees it. */
    Path root() {
        if (files == null) {
            mount();
        }
        return Objects.requireNonNull(files).root();
    }

    /** Something that this life has open, whose locks the operating system gives back when it dies. */
    void opened(AutoCloseable store) {
        open.add(store);
    }

    /** The program is dead: nothing it does reaches the disk any more. */
    void died() {
        if (files != null) {
            files.faults().stopAfter(0);
        }
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
        above.close();
    }
}
