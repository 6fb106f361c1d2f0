package io.holdfast.broker.internal.journal;

import static java.util.Objects.requireNonNull;

import io.holdfast.broker.JournalOptions;
import java.nio.file.Path;

/**
 * What a {@link FileLog} is opened with. Every batch is forced to the disk before it counts as durable; there is no other mode.
 *
 * @param folder the folder of this log alone; made if it is missing
 * @param instance part of the thread's name
 * @param journal sizes, retention, repair
 * @param maxRecordBytes the largest record that is taken, texts and body; at most {@link #LARGEST_RECORD_BYTES}
 */
public record FileLogOptions(Path folder, String instance, JournalOptions journal, int maxRecordBytes) {

    /** What the format allows; more than the protocol's largest frame. */
    public static final int LARGEST_RECORD_BYTES = 256 << 20;

    /** Validates the range. */
    public FileLogOptions {
        requireNonNull(folder, "folder");
        requireNonNull(instance, "instance");
        requireNonNull(journal, "journal");
        if (maxRecordBytes < 1 || maxRecordBytes > LARGEST_RECORD_BYTES) {
            throw new IllegalArgumentException(
                    "a record has 1.." + LARGEST_RECORD_BYTES + " bytes at most, not " + maxRecordBytes);
        }
    }

    /** The defaults in this folder: {@link JournalOptions#DEFAULTS}, records as large as the format allows. */
    public static FileLogOptions in(Path folder, String instance) {
        return new FileLogOptions(folder, instance, JournalOptions.DEFAULTS, LARGEST_RECORD_BYTES);
    }

    /** These with other sizes, retention, repair. */
    public FileLogOptions withJournal(JournalOptions value) {
        return new FileLogOptions(folder, instance, value, maxRecordBytes);
    }

    /** These with another largest record, in bytes. */
    public FileLogOptions withMaxRecordBytes(int value) {
        return new FileLogOptions(folder, instance, journal, value);
    }
}
