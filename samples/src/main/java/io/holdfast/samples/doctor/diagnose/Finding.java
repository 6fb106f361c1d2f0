package io.holdfast.samples.doctor.diagnose;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Why one client name lost its connection again and again; immutable. Text of others in it is not escaped, but for {@link #why}.
 *
 * @param name the client name; of a log that names none, the log's own in parentheses
 * @param cause what it was
 * @param certainty how sure that is
 * @param losses how many sessions it ended; for a collision, the evictions, and 0 for a silent one
 * @param first the first one
 * @param last the last one
 * @param active the time in which they happened, without the pauses of more than half an hour
 * @param participants who took part
 * @param why what speaks for it, a clause each, safe to print
 * @param remedy what to do, a sentence each
 * @param files the logs that tell of it
 */
public record Finding(
        String name,
        Cause cause,
        Certainty certainty,
        long losses,
        Instant first,
        Instant last,
        Duration active,
        List<Participant> participants,
        List<String> why,
        List<String> remedy,
        List<String> files) {

    /** Copies the lists. */
    public Finding {
        participants = List.copyOf(participants);
        why = List.copyOf(why);
        remedy = List.copyOf(remedy);
        files = List.copyOf(files);
    }

    /** Whether two programs have the name. */
    public boolean isCollision() {
        return cause.isCollision();
    }

    /** Losses a minute while it went on; empty for one, or for several of one instant. */
    public OptionalDouble perMinute() {
        return losses < 2 || active.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of((losses - 1) * 60e9 / active.toNanos());
    }
}
