package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.CollisionEvidence.Kind;
import java.time.Duration;

/**
 * The test where the broker does not tell: a logon without replay and subscriptions. What our own commands bring about
 * does not end it; a rival does.
 */
final class QuietTest {

    private static final long LEAST = Duration.ofSeconds(2).toNanos();
    private static final long FIRST_EXCUSE = Duration.ofSeconds(60).toNanos();
    private static final int MOST_DOUBLINGS = 3;

    private QuietTest() {}

    /** How long a quiet session must live to prove something. */
    static long length(Turn t) {
        return Math.max(LEAST, 2 * t.series.longest());
    }

    static void ask(Turn t) {
        if (!t.quiet.asked()) {
            t.quiet = t.quiet.ask(true);
            t.effect(new CollisionEffect.QuietLogon(true));
        }
    }

    static void off(Turn t) {
        if (t.quiet.asked()) {
            t.quiet = t.quiet.ask(false);
            t.effect(new CollisionEffect.QuietLogon(false));
        }
        if (t.link.quiet()) {
            t.link = t.link.loud();
            t.quiet = t.quiet.until(Step.NEVER);
            t.effect(new CollisionEffect.EndQuiet());
        }
    }

    static void wake(Turn t) {
        if (t.now >= t.quiet.until() && t.link.isUp()) {
            t.evidence(Kind.QUIET_LOGON_LIVED, 0, Turn.millis(t.now - t.link.loggedOnAt()) + " ms");
            if (t.state == CollisionState.SUSPECTED) {
                excuse(t, Classification.POISON_OR_SLOW, "a logon without replay and subscriptions outlived the loop");
            } else {
                off(t);
            }
        }
    }

    /**
     * Something else was found. Ended sessions do not count for a while, longer each time in a row, but not for good: a rival
     * with a growing delay can outwait a quiet logon too.
     */
    static void excuse(Turn t, Classification what, String why) {
        off(t);
        long length = FIRST_EXCUSE << Math.min(t.quiet.excuses(), MOST_DOUBLINGS);
        t.quiet = t.quiet.excusedUntil(t.now + length);
        t.penalties = Penalties.none(t.now);
        t.series = t.series.onlyLongest();
        t.finding = null;
        t.state = CollisionState.NONE;
        t.release();
        Verdicts.otherCause(t, what, why);
    }
}
