package io.holdfast.ha.internal.collision;

import io.holdfast.ha.identity.IdentityStamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Which of two programs that read each other's stamp keeps the name. Both compute it for themselves and come to the same
 * answer, because only what both sent goes in. Pure.
 *
 * <p>In turn: if both stamped {@code prefer=newest}, the later holder, else the earlier one, if both say since when;
 * then the lower nonce. Between three programs of which one does not tell, the rule may go round in a circle; that harms
 * nobody, since each yields only while it is evicted, and the last one is not.
 */
final class WinnerRule {

    private WinnerRule() {}

    /** Whether the first keeps the name, and why. */
    static Outcome between(IdentityStamp one, IdentityStamp other) {
        Instant oneSince = one.establishedSince();
        Instant otherSince = other.establishedSince();
        if (oneSince != null && otherSince != null) {
            // A stamp carries milliseconds; what we know of ourselves may be finer, and both sides must compare the
            // same.
            int order = oneSince.truncatedTo(ChronoUnit.MILLIS).compareTo(otherSince.truncatedTo(ChronoUnit.MILLIS));
            if (order != 0) {
                boolean newest = one.prefersNewest() && other.prefersNewest();
                return new Outcome(newest ? order > 0 : order < 0, newest ? "newest" : "senior");
            }
        }
        return new Outcome(one.nonce().compareTo(other.nonce()) < 0, "nonce");
    }

    /**
     * The answer.
     *
     * @param firstWins whether the first keeps the name
     * @param because the rule that decided, one word
     */
    record Outcome(boolean firstWins, String because) {}
}
