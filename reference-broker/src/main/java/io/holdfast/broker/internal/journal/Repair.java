package io.holdfast.broker.internal.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts a damaged log back to what precedes the damage; nothing is deleted. Used by the thread that opens the log. */
final class Repair {

    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Path aside;

    /** A repair at this time, which names the folder that things are moved to. */
    Repair(Path folder, Instant now) {
        this.folder = folder;
        Path named = folder.resolve("damaged-" + TIME.format(now));
        for (int i = 2; Files.exists(named); i++) {
            named = folder.resolve("damaged-" + TIME.format(now) + "-" + i);
        }
        this.aside = named;
    }

    /** Moves the damaged segment and all after it aside, and keeps the good part of the damaged one. Again after a crash. */
    void setAside(Damage damage) throws IOException {
        JournalFiles.createFolder(aside);
        List<Path> files = JournalFiles.list(folder, Segment.SUFFIX);
        // the last one first: whatever a crash leaves is still a log with the same damage, or without its tail
        for (int i = files.size() - 1; files.get(i).compareTo(damage.file()) > 0; i--) {
            move(files.get(i));
        }
        if (damage.place() == 0) {
            move(damage.file());
        } else {
            copy(damage.file());
            try (FileChannel channel = FileChannel.open(damage.file(), StandardOpenOption.WRITE)) {
                channel.truncate(damage.place());
                channel.force(true);
            }
        }
        LOG.warn(
                "journal: {} at byte {}: {}; it and everything after it is now in {}",
                damage.file(),
                damage.place(),
                damage.getMessage(),
                aside);
    }

    private void move(Path file) throws IOException {
        Files.move(file, aside.resolve(JournalFiles.name(file)), StandardCopyOption.ATOMIC_MOVE);
        JournalFiles.syncFolder(aside);
        JournalFiles.syncFolder(folder);
    }

    private void copy(Path file) throws IOException {
        Path copy = aside.resolve(JournalFiles.name(file));
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        JournalFiles.syncFolder(aside);
    }
}
