package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.CollisionEvidence.Kind;
import io.holdfast.client.collision.Proof;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.collision.CollisionWatch;
import io.holdfast.ha.internal.collision.CollisionEvent.Failure;
import io.holdfast.ha.internal.collision.CollisionEvent.Loss;
import java.util.Locale;

/** What the sessions under the name tell: how they begin, how they end, how much that counts. */
final class Sessions {

    private static final double PARTLY = 0.25;

    private Sessions() {}

    static void started(Turn t, Endpoint endpoint) {
        if (t.since == null) {
            t.since = t.moment;
        }
        if (!endpoint.equals(t.link.endpoint())) {
            t.sight = Sight.NONE;
            if (t.options.watch() != CollisionWatch.ALWAYS) {
                t.holder = null; // nobody looks at the other server any more
            }
        }
        Control control = t.controlAt(endpoint);
        t.link = t.link.connecting(endpoint, control != null && control.isReadable());
        t.sight = t.sight.ofNewLogon();
    }

    static void loggedOn(Turn t, boolean quiet) {
        t.loggedOnSince = true;
        if (t.finding != null && t.finding.isSilent() && t.holder == null) {
            t.finding = t.finding.over(t.now); // nobody is seen: if there is somebody, this session's acks will tell
        }
        t.link = t.link.up(t.now, quiet);
        t.quiet = t.quiet.until(quiet ? t.now + QuietTest.length(t) : Step.NEVER);
    }

    static void failed(Turn t, Failure failure) {
        t.link = t.link.failed();
        if (!t.loggedOnSince && t.state != CollisionState.TRIAL) {
            t.since = null;
        }
        if (failure == Failure.NAME_IN_USE) {
            t.evidence(Kind.NAME_IN_USE, 0, "logon refused by " + t.server());
            Verdicts.refused(t);
        }
    }

    static void lost(Turn t, Loss loss) {
        long life = Math.max(0, t.now - t.link.loggedOnAt());
        boolean wasQuiet = t.link.quiet();
        t.link = t.link.down();
        t.quiet = t.quiet.until(Step.NEVER);
        t.silentAt = Step.NEVER;
        if (loss == Loss.PEER) {
            closedByPeer(t, life, wasQuiet);
        } else if (loss == Loss.LOCAL) {
            t.evidence(Kind.SESSION_CLOSED_LOCALLY, 0, "after " + Turn.millis(life) + " ms");
        }
    }

    private static void closedByPeer(Turn t, long life, boolean wasQuiet) {
        double weight = weight(t);
        boolean counts =
                weight > 0 && life < t.options.detection().slow().countsUnder().toNanos();
        t.penalties = t.penalties.plus(weight, life, t.now, t.options.detection());
        t.series = t.series.plus(life, weight, counts, t.now);
        boolean partly = t.link.failedBefore();
        t.evidence(
                partly ? Kind.SESSION_CLOSED_AFTER_FAILED_CONNECTS : Kind.SESSION_CLOSED,
                weight,
                "after " + Turn.millis(life) + " ms at " + t.server());
        if (t.state == CollisionState.NONE) {
            inPeace(t, counts, life);
        } else {
            explained(t, weight, partly);
            Judging.begin(t, life, weight, wasQuiet);
        }
    }

    private static void inPeace(Turn t, boolean counts, long life) {
        if (t.penalties.suspect(t.options.detection())) {
            Verdicts.suspect(t);
        } else if (counts) {
            t.say(
                    CollisionCode.SESSION_CLOSED,
                    "",
                    t.who() + " life_ms=" + Turn.millis(life) + " evictions=" + t.series.count() + " " + levels(t));
        }
        if (t.options.watch() == CollisionWatch.ALWAYS) {
            Judging.begin(t, life, t.series.lastWeight(), false);
        }
    }

    private static void explained(Turn t, double weight, boolean afterFailures) {
        if (weight == PARTLY) {
            Verdicts.otherCause(
                    t,
                    afterFailures ? Classification.BROKER : Classification.NETWORK,
                    afterFailures ? "connects had failed since the session before" : "the control connection fell too");
        }
    }

    private static double weight(Turn t) {
        if (t.now < t.quiet.excusedUntil() || t.now - t.sight.otherReasonAt() <= t.coincidence()) {
            return 0;
        }
        Control control = t.controlOfLink();
        boolean controlFell = control != null && t.now - control.fellAt() <= t.coincidence();
        return t.link.failedBefore() || controlFell ? PARTLY : 1;
    }

    /** Takes back what the last ended session added, down to a rest. */
    static void takeBack(Turn t, double rest) {
        double back = rest - t.series.lastWeight();
        if (back < 0) {
            t.penalties = t.penalties.plus(back, t.series.lastLife(), t.now, t.options.detection());
            t.series = t.series.withLastWeight(rest);
        }
    }

    /** The control fell a moment after the link: what ended both was no rival. */
    static void controlFellToo(Turn t) {
        if (t.link.isDown() && t.now - t.series.lastAt() <= t.coincidence() && t.series.lastWeight() > PARTLY) {
            takeBack(t, PARTLY);
            t.evidence(Kind.CONTROL_FELL_TOO, 0, t.server());
            t.release();
            Verdicts.otherCause(t, Classification.NETWORK, "the control connection fell too");
        }
    }

    /** A session has lasted: whatever was suspected is over. */
    static void wake(Turn t) {
        if (t.now >= heldAt(t)) {
            boolean wasInPeace = t.state == CollisionState.NONE;
            t.state = CollisionState.NONE;
            t.finding = null;
            t.waiting = null;
            t.series = Series.NONE;
            QuietTest.off(t);
            t.quiet = Quiet.NONE;
            if (!wasInPeace) {
                t.effect(new CollisionEffect.NameKept());
                t.say(
                        CollisionCode.NAME_KEPT,
                        "",
                        t.who() + " held_s=" + (t.now - t.link.loggedOnAt()) / 1_000_000_000L);
            }
        }
    }

    /** When the present session has lasted long enough to change anything. */
    static long heldAt(Turn t) {
        boolean inDispute = t.state == CollisionState.SUSPECTED
                || t.state == CollisionState.CONFIRMED
                || t.state == CollisionState.TRIAL;
        boolean remembers = t.state == CollisionState.NONE && (t.series.count() > 0 || t.quiet.excuses() > 0);
        if (!t.link.isUp() || !(inDispute || remembers)) {
            return Step.NEVER;
        }
        Finding finding = t.finding;
        if (finding != null && finding.isSilent() && !finding.over()) {
            return Step.NEVER; // a session that nobody ends says nothing
        }
        long since = finding == null ? t.link.loggedOnAt() : Math.max(finding.at(), t.link.loggedOnAt());
        long forgets = t.options.detection().slow().countsUnder().toNanos();
        return since + (inDispute ? t.wonAfter() : forgets);
    }

    static String levels(Turn t) {
        return String.format(Locale.ROOT, "fast=%.2f slow=%.2f", t.penalties.fast(), t.penalties.slow());
    }

    /** A sequence number that is not ours. */
    static void foreignSequence(Turn t, long sequence, boolean storeIsOlder) {
        String detail = "sequence " + sequence + " at " + t.server();
        if (!storeIsOlder) {
            t.evidence(Kind.FOREIGN_SEQUENCE_OF_A_FRESH_STORE, 0, detail);
            return;
        }
        t.evidence(Kind.FOREIGN_SEQUENCE, 0, detail);
        if (t.finding != null && t.finding.isSilent()) {
            t.finding = t.finding.lasting();
        }
        if (t.state == CollisionState.SUSPECTED || (t.state == CollisionState.NONE && t.series.count() > 0)) {
            Verdicts.confirmWithoutEviction(t, Proof.FOREIGN_SEQUENCE);
        } else if (t.state == CollisionState.NONE) {
            Verdicts.silent(t, Proof.FOREIGN_SEQUENCE);
        }
    }
}
