package io.holdfast.samples.doctor.read;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to read of a log, and how.
 *
 * @param name only this client name, and lines that name nobody; {@code null} for all
 * @param since events before it are left out
 * @param until events from it on are left out
 * @param zone of times that are written without one
 * @param disconnects a user's own patterns of a line that tells of a disconnect
 * @param connects a user's own patterns of a line that tells of a logon
 */
public record ReadOptions(
        @Nullable String name,
        Instant since,
        Instant until,
        ZoneId zone,
        List<Pattern> disconnects,
        List<Pattern> connects) {

    /** Everything, with times in this zone. */
    public static ReadOptions all(ZoneId zone) {
        return new ReadOptions(null, Instant.MIN, Instant.MAX, zone, List.of(), List.of());
    }

    /** This, for one name. */
    public ReadOptions of(@Nullable String only) {
        return new ReadOptions(only, since, until, zone, disconnects, connects);
    }

    /** This, from one instant up to another. */
    public ReadOptions between(Instant from, Instant to) {
        return new ReadOptions(name, from, to, zone, disconnects, connects);
    }

    /** This, with patterns of the user's own. */
    public ReadOptions with(List<Pattern> ownDisconnects, List<Pattern> ownConnects) {
        return new ReadOptions(name, since, until, zone, List.copyOf(ownDisconnects), List.copyOf(ownConnects));
    }

    boolean isWanted(Instant at) {
        return !at.isBefore(since) && at.isBefore(until);
    }
}
