package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.Decision;
import io.holdfast.client.collision.EvictionLoop;
import io.holdfast.client.collision.EvictionLoop.ControlState;
import io.holdfast.client.collision.Parties;
import io.holdfast.client.collision.Parties.Winner;
import io.holdfast.client.collision.PartyIdentity;
import io.holdfast.client.collision.Proof;
import io.holdfast.ha.identity.IdentityStamp;
import org.jspecify.annotations.Nullable;

/** Suspicion, verdict, and who of the two goes. */
final class Verdicts {

    /** Nobody is evicted in a silent collision. */
    private static final Ruling NOBODY_GOES = new Ruling(false, Winner.UNDECIDED, "connected");

    private Verdicts() {}

    static void suspect(Turn t) {
        t.state = CollisionState.SUSPECTED;
        t.say(
                CollisionCode.SUSPECTED,
                "",
                t.who() + " evictions=" + t.series.count() + " within_ms="
                        + t.series.within().toMillis() + " " + Sessions.levels(t));
        Control control = t.controlOfLink();
        if (control != null && control.phase() == Control.Phase.UNREADABLE) {
            QuietTest.ask(t);
        }
        if (control == null || (!control.isReadable() && control.phase() != Control.Phase.UNREADABLE)) {
            Judging.awaitSight(t);
        }
    }

    /** A session's end was judged: somebody took the name. */
    static void evicted(Turn t, Proof proof) {
        boolean fresh = t.finding == null || t.finding.isSilent();
        t.finding = t.finding == null || t.finding.isSilent()
                ? Finding.of(Classification.COLLISION, proof, t.now)
                : t.finding.bearingOneMore();
        Ruling ruling = ruling(t, t.finding);
        if (fresh) {
            confirmed(t, t.finding, ruling);
        }
        if (!t.link.isDown()) {
            // The judgement took so long that we are logging on again: the rival may be gone by now. The next one
            // counts.
            return;
        }
        if (ruling.yields) {
            Standbys.giveUp(t, diagnosis(t, t.finding, ruling));
        } else {
            t.release();
        }
    }

    /** A proof came without the end of a session: the loser is marked, and yields when it is evicted next. */
    static void confirmWithoutEviction(Turn t, Proof proof) {
        if (t.finding == null) {
            t.finding = Finding.of(Classification.COLLISION, proof, t.now);
            confirmed(t, t.finding, ruling(t, t.finding));
        }
    }

    /** The rival is known now: a verdict that did not name it is given again. */
    static void named(Turn t) {
        Finding finding = t.finding;
        if (finding == null || t.state != CollisionState.CONFIRMED) {
            return;
        }
        boolean silent = finding.isSilent();
        CollisionCode code = silent ? CollisionCode.SILENT : CollisionCode.CONFIRMED;
        if (t.maySay(code, subject(t))) {
            CollisionDiagnosis diagnosis = diagnosis(t, finding, silent ? NOBODY_GOES : ruling(t, finding));
            t.effect(new CollisionEffect.Verdict(diagnosis));
            t.say(code, subject(t), diagnosis.describe());
        }
    }

    /** The broker refuses the logon, since another user has the name: there is nobody to be evicted. */
    static void refused(Turn t) {
        if (t.state == CollisionState.TRIAL) {
            Standbys.trialEnded(t);
        } else if (t.state == CollisionState.NONE
                || t.state == CollisionState.SUSPECTED
                || t.state == CollisionState.CONFIRMED) {
            Finding finding = Finding.of(Classification.COLLISION, Proof.NAME_IN_USE, t.now);
            Ruling ruling = new Ruling(true, Winner.RIVAL, "connected");
            t.finding = finding;
            confirmed(t, finding, ruling);
            Standbys.giveUp(t, diagnosis(t, finding, ruling));
        }
    }

    /** Two programs use the name, and nobody was evicted. Nobody has to go for the broker's sake; an operator must act. */
    static void silent(Turn t, Proof proof) {
        Finding finding = Finding.of(Classification.SILENT_COLLISION, proof, t.now);
        t.finding = finding;
        t.state = CollisionState.CONFIRMED;
        CollisionDiagnosis diagnosis = diagnosis(t, finding, NOBODY_GOES).withDecision(Standbys.silentDecision(t));
        t.effect(new CollisionEffect.Verdict(diagnosis));
        t.say(CollisionCode.SILENT, subject(t), diagnosis.describe());
        Standbys.silentPolicy(t, diagnosis);
    }

    static void otherCause(Turn t, Classification what, String why) {
        t.say(
                CollisionCode.OTHER_CAUSE,
                what.word(),
                t.who() + " classification=" + what.word() + " why=\"" + why + "\" " + Sessions.levels(t));
    }

    private static void confirmed(Turn t, Finding finding, Ruling ruling) {
        t.state = CollisionState.CONFIRMED;
        QuietTest.off(t);
        CollisionDiagnosis diagnosis = diagnosis(t, finding, ruling);
        t.effect(new CollisionEffect.Verdict(diagnosis));
        t.say(CollisionCode.CONFIRMED, subject(t), diagnosis.describe());
    }

    private static String subject(Turn t) {
        String nonce = t.sight.rival().nonce();
        return "/" + (nonce == null ? "-" : nonce);
    }

    /** Who goes if we are evicted now. */
    private static Ruling ruling(Turn t, Finding finding) {
        boolean endless = finding.borne() > t.options.detection().winnerBears();
        IdentityStamp rival = t.sight.rivalStamp();
        if (rival != null) {
            WinnerRule.Outcome outcome = WinnerRule.between(t.ownStamp(), rival);
            if (!outcome.firstWins()) {
                return new Ruling(true, Winner.RIVAL, outcome.because());
            }
            return endless
                    ? new Ruling(true, Winner.RIVAL, "persistent")
                    : new Ruling(false, Winner.SELF, outcome.because());
        }
        if (endless) {
            return new Ruling(true, Winner.RIVAL, "persistent");
        }
        boolean enough =
                t.penalties.fadedTo(t.now, t.options.detection()).mustYield(t.isSenior(), t.options.detection());
        return enough
                ? new Ruling(true, Winner.RIVAL, "connected")
                : new Ruling(false, Winner.UNDECIDED, t.isSenior() ? "senior" : "unread");
    }

    private static CollisionDiagnosis diagnosis(Turn t, Finding finding, Ruling ruling) {
        IdentityStamp own = t.ownStamp();
        // Our own log may say more about us than we tell the broker.
        PartyIdentity self = new PartyIdentity(
                own.host(), own.pid(), t.since == null ? null : t.since.wall(), own.nonce(), null, null);
        PartyIdentity rival = t.sight.rival();
        return new CollisionDiagnosis(
                t.setup.clientName(),
                t.moment.wall(),
                finding.classification(),
                finding.proof(),
                new EvictionLoop(t.series.count(), t.series.within(), t.server(), t.series.lives(), controlState(t)),
                new Parties(self, rival, ruling.winner, ruling.because),
                ruling.yields ? Standbys.decision(t) : Decision.STAY,
                t.stores,
                t.setup.source().property(),
                Remedy.of(t.setup.source(), self, rival, finding.classification()),
                t.evidence);
    }

    private static ControlState controlState(Turn t) {
        @Nullable Control control = t.controlOfLink();
        if (control == null) {
            return ControlState.NONE;
        }
        return switch (control.phase()) {
            case READABLE -> ControlState.UP;
            case UP, UNREADABLE -> ControlState.UNREADABLE;
            case OPENING, DOWN -> ControlState.DOWN;
        };
    }

    private static final class Ruling {

        final boolean yields;
        final Winner winner;
        final String because;

        Ruling(boolean yields, Winner winner, String because) {
            this.yields = yields;
            this.winner = winner;
            this.because = because;
        }
    }
}
