package io.holdfast.broker.internal.journal;

import java.nio.file.Path;

/** A segment is not what was written: found while recovering, mended only when the operator says so. */
final class Damage extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long place;

    Damage(Path file, long place, String what) {
        super(what);
        this.file = file;
        this.place = place;
    }

    /** The segment. */
    Path file() {
        return file;
    }

    /** Where what can be trusted of it ends; 0 if nothing can. */
    long place() {
        return place;
    }

    /** What stops the broker. */
    JournalException refusal() {
        return new JournalException(
                "the journal is damaged: " + file + " at byte " + place + ": " + getMessage()
                        + ". Restore the folder from a copy, or start once with --repair: that keeps what precedes and moves"
                        + " this and everything after it to "
                        + JournalFiles.folderOf(file).resolve("damaged-<time>"),
                this);
    }
}
