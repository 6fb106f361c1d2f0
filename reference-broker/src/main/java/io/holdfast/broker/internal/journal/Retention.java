package io.holdfast.broker.internal.journal;

import io.holdfast.broker.JournalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Drops full segments that are too many or too old, oldest first. On the log's thread. */
final class Retention {

    private final Segments segments;
    private final JournalOptions options;
    private final InstantSource clock;

    Retention(Segments segments, JournalOptions options, InstantSource clock) {
        this.segments = segments;
        this.options = options;
        this.clock = clock;
    }

    /** Drops what is due and not held. The folder is forced after each file, so that a crash leaves no gap. */
    void apply() throws IOException {
        long bytes = segments.snapshot().stream().mapToLong(Segment::forcedEnd).sum();
        long oldest = options.retainAge()
                .map(age -> Micros.of(clock.instant().minus(age)))
                .orElse(Long.MIN_VALUE);
        for (Segment dropped = drop(bytes, oldest); dropped != null; dropped = drop(bytes, oldest)) {
            bytes -= dropped.forcedEnd();
            Files.delete(dropped.file());
            JournalFiles.syncFolder(JournalFiles.folderOf(dropped.file()));
        }
    }

    private @Nullable Segment drop(long bytes, long oldest) {
        return segments.dropOldest(segment -> bytes > options.retainBytes() || segment.lastMicros() < oldest);
    }
}
