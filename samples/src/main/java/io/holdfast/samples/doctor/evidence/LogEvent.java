package io.holdfast.samples.doctor.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a log told; immutable, and small, since many are kept.
 *
 * @param at when, by the clock of whoever wrote the log
 * @param kind what
 * @param name the client name; {@code null} where the line names none
 * @param byBroker whether a broker told it, and not a client
 * @param lifeMillis how long the session had lasted, if the line says so; else -1
 * @param party who logged on; {@code null} if the kind has none or nobody told
 * @param verdict of a {@link EventKind#VERDICT}
 */
public record LogEvent(
        Instant at,
        EventKind kind,
        @Nullable String name,
        boolean byBroker,
        long lifeMillis,
        @Nullable Party party,
        @Nullable Verdict verdict) {

    /** An event that a broker told. */
    public static LogEvent broker(Instant at, EventKind kind, String name) {
        return new LogEvent(at, kind, name, true, -1, null, null);
    }

    /** An event that a client told. */
    public static LogEvent client(Instant at, EventKind kind, @Nullable String name) {
        return new LogEvent(at, kind, name, false, -1, null, null);
    }

    /** This with the party of a logon. */
    public LogEvent with(Party who) {
        return new LogEvent(at, kind, name, byBroker, lifeMillis, who, verdict);
    }

    /** This with the length of the session. */
    public LogEvent lasting(long millis) {
        return new LogEvent(at, kind, name, byBroker, millis, party, verdict);
    }

    /** This with what was found. */
    public LogEvent with(Verdict found) {
        return new LogEvent(at, kind, name, byBroker, lifeMillis, party, found);
    }

    /** This of a name. */
    public LogEvent named(String other) {
        return new LogEvent(at, kind, other, byBroker, lifeMillis, party, verdict);
    }

    /** This at another time. */
    public LogEvent at(Instant other) {
        return new LogEvent(other, kind, name, byBroker, lifeMillis, party, verdict);
    }
}
