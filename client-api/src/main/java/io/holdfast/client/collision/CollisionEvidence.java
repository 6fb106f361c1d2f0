package io.holdfast.client.collision;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened and counts for or against a collision.
 *
 * @param at when, by this client's wall clock
 * @param kind what
 * @param weight how much it added to the penalties: 0, 0.25 or 1; 0 for proofs and for what excludes
 * @param detail data, not escaped; may hold untrusted text
 */
public record CollisionEvidence(Instant at, Kind kind, double weight, String detail) {

    /** Checks that all are there. */
    public CollisionEvidence {
        requireNonNull(at, "at");
        requireNonNull(kind, "kind");
        requireNonNull(detail, "detail");
    }

    /** What happened. */
    public enum Kind {
        /** A peer ended a session after a successful logon. */
        SESSION_CLOSED,
        /** The same, after connects had failed since the session before. */
        SESSION_CLOSED_AFTER_FAILED_CONNECTS,
        /** The same, for a cause that this client knows to be its own. */
        SESSION_CLOSED_LOCALLY,
        /** The connection under another name fell at the same time. */
        CONTROL_FELL_TOO,
        /** The idle connection under another name ended at the same age as the session. */
        CONTROL_DIED_AT_THE_SAME_AGE,
        /** The connection under another name could not be had. */
        NO_CONTROL,
        /** The broker gave another reason for the end of the session. */
        OTHER_REASON,
        /** A logon of our own, processed late, replaced our session. */
        OWN_GHOST,
        /** A logon without replay and subscriptions outlived the loop. */
        QUIET_LOGON_LIVED,
        /** A logon without replay and subscriptions was closed too, while the control connection stood. */
        QUIET_LOGON_CLOSED,
        /** Another process logged on with the name. */
        FOREIGN_LOGON,
        /** Another process's connection with the name was replaced. */
        FOREIGN_REPLACED,
        /** The broker said that the name is in use. */
        NAME_IN_USE,
        /** The broker holds a sequence for the name that our store did not write. */
        FOREIGN_SEQUENCE,
        /** The same, but the store is younger than what it was compared with: a lost or fresh store explains it. */
        FOREIGN_SEQUENCE_OF_A_FRESH_STORE;

        /** The word for log lines: lower case, hyphens. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
