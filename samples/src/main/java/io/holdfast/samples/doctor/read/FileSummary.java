package io.holdfast.samples.doctor.read;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one file.
 *
 * @param file its path, as it was given
 * @param lines how many lines it has
 * @param events how many of them told something of a client name
 * @param first the time of the first event; {@code null} if there is none
 * @param last the time of the last event; {@code null} if there is none
 * @param notes what to know about it
 * @param problem why it could not be read, or not to its end; {@code null} if it was
 */
public record FileSummary(
        String file,
        long lines,
        long events,
        @Nullable Instant first,
        @Nullable Instant last,
        List<String> notes,
        @Nullable String problem) {}
