package io.holdfast.samples.doctor.admin;

import io.holdfast.samples.doctor.evidence.Party;
import org.jspecify.annotations.Nullable;

/**
 * One connection that holds the name on one instance; untrusted in every field but the first.
 *
 * @param instance the admin URL that was asked
 * @param connection the broker's name of the connection
 * @param since when it logged on, as the broker wrote it; when it was accepted, if only that is told
 * @param party who it is
 * @param user the user that the broker checked; {@code null} while authentication is off
 */
public record Holding(
        String instance,
        String connection,
        String since,
        Party party,
        @Nullable String user) {

    /** Whether both are one connection, seen through two URLs of one broker. */
    boolean isSameConnection(Holding other) {
        return !connection.isEmpty()
                && connection.equals(other.connection)
                && since.equals(other.since)
                && party.equals(other.party);
    }
}
