package io.holdfast.client.collision;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How safe a client's name is, for metrics and health checks: the level of suspicion, not only the verdict.
 *
 * @param state where the name stands
 * @param fast the level of the penalty for quick loops, as it was at the last event
 * @param slow the level of the penalty for slow loops, as it was at the last event
 * @param rawDiagnosis the last verdict; {@code null} if there was none since the name was last held in peace
 */
public record NameStatus(
        State state, double fast, double slow, @Nullable CollisionDiagnosis rawDiagnosis) {

    /** Nothing is suspicious. */
    public static final NameStatus QUIET = new NameStatus(State.UNDISPUTED, 0, 0, null);

    /** The last verdict, if there was one since the name was last held in peace. */
    public Optional<CollisionDiagnosis> diagnosis() {
        return Optional.ofNullable(rawDiagnosis);
    }

    /** Where a name stands, over the whole list of servers. */
    public enum State {
        /** Nothing suspicious. */
        UNDISPUTED,
        /** Sessions end too often; nothing is done about the name yet. */
        SUSPECTED,
        /**
         * Another program uses the name; this client still logs on. A silent collision stays that until the rival is seen to go, or a
         * session begins in which nobody is seen, and the name has been this client's own for a minute after that.
         */
        CONFIRMED,
        /** This client does not log on, and waits for the name. */
        STANDBY,
        /** It logged on out of standby, and has not held the name for long. */
        TRIAL,
        /** It gave the name up for good. */
        GIVEN_UP
    }
}
