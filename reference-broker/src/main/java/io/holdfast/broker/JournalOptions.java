package io.holdfast.broker;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How a broker with a data folder keeps its transaction log.
 *
 * @param segmentBytes a file is full at about this size; default 64 MiB. One record may exceed it
 * @param retainBytes full files are dropped, oldest first, while the log is larger than this; default 4 GiB. The file being
 *     written and what a replay is reading stay
 * @param retainAge full files are dropped when their last record is older than this; default never
 * @param repair whether a damaged log is cut back to what precedes the damage, the rest moved aside; default false: the
 *     broker does not start
 */
public record JournalOptions(long segmentBytes, long retainBytes, Optional<Duration> retainAge, boolean repair) {

    /** The smallest file. */
    public static final long LEAST_SEGMENT_BYTES = 1 << 10;

    /** The largest file. */
    public static final long MOST_SEGMENT_BYTES = 1 << 30;

    /** The defaults named above. */
    public static final JournalOptions DEFAULTS = new JournalOptions(64L << 20, 4L << 30, Optional.empty(), false);

    /** Validates the ranges. */
    public JournalOptions {
        if (segmentBytes < LEAST_SEGMENT_BYTES || segmentBytes > MOST_SEGMENT_BYTES) {
            throw new IllegalArgumentException("a journal segment has " + LEAST_SEGMENT_BYTES + ".."
                    + MOST_SEGMENT_BYTES + " bytes, not " + segmentBytes);
        }
        if (retainBytes < segmentBytes) {
            throw new IllegalArgumentException("the journal retains at least one segment of " + segmentBytes
                    + " bytes, not " + retainBytes + " bytes");
        }
        requireNonNull(retainAge, "retainAge").ifPresent(age -> {
            if (age.isNegative() || age.isZero()) {
                throw new IllegalArgumentException("the journal's age is above zero, not " + age);
            }
        });
    }

    /** These with another size of a file, in bytes. */
    public JournalOptions withSegmentBytes(long value) {
        return new JournalOptions(value, retainBytes, retainAge, repair);
    }

    /** These with another size of the whole, in bytes. */
    public JournalOptions withRetainBytes(long value) {
        return new JournalOptions(segmentBytes, value, retainAge, repair);
    }

    /** These with an age at which full files are dropped. */
    public JournalOptions withRetainAge(Duration value) {
        return new JournalOptions(segmentBytes, retainBytes, Optional.of(value), repair);
    }

    /** These with or without repair. */
    public JournalOptions withRepair(boolean value) {
        return new JournalOptions(segmentBytes, retainBytes, retainAge, value);
    }
}
