package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.CollisionEvidence.Kind;
import io.holdfast.client.collision.Proof;
import org.jspecify.annotations.Nullable;

/** Whether the end of a session was an eviction: nobody yields before that is clear. */
final class Judging {

    /** A logon is held back for so many times the coincidence at most. */
    private static final int MOST_HELD = 2;

    private Judging() {}

    /** The next logon is held back a moment, so that the control sees what becomes of it. */
    static void awaitSight(Turn t) {
        t.judgement = new Judgement(Judgement.Kind.SIGHT, 0, t.now + t.coincidence(), false);
        t.hold();
    }

    /** The control sees, or will not. */
    static void sightSettled(Turn t, Control control) {
        if (control.endpoint().equals(t.link.endpoint())
                && t.judgement != null
                && t.judgement.kind() == Judgement.Kind.SIGHT) {
            t.release();
        }
    }

    /** A session ended while somebody may have the name. */
    static void begin(Turn t, long life, double weight, boolean wasQuiet) {
        Control control = t.controlOfLink();
        if (weight == 0) {
            t.release();
        } else if (control != null && control.isReadable()) {
            awaitWord(t, control);
        } else if (control != null && control.phase() == Control.Phase.UNREADABLE) {
            awaitControl(t, control, life, weight, wasQuiet);
        } else if (weight == 1 && t.state == CollisionState.CONFIRMED && control != null && control.isComing()) {
            // Who yields without having seen the holder does not know when it goes: the next eviction is soon enough.
            awaitSight(t);
        } else if (weight == 1) {
            blind(t);
        }
    }

    private static void awaitWord(Turn t, Control control) {
        if (t.sight.showsEviction()) {
            evicted(t, Proof.FOREIGN_NONCE);
        } else {
            t.judgement = new Judgement(Judgement.Kind.WORD, control.id(), t.now + t.coincidence(), false);
            t.hold();
        }
    }

    /**
     * For the first verdict the control must have outlived the session by a part that grows with it, so that a timer that
     * ends idle connections would have ended the older one.
     */
    private static void awaitControl(Turn t, Control control, long life, double weight, boolean wasQuiet) {
        boolean proven = t.state == CollisionState.CONFIRMED || t.state == CollisionState.TRIAL;
        boolean proves = t.state == CollisionState.SUSPECTED && wasQuiet && weight == 1;
        if (!(proven || proves) || control.upAt() > t.link.loggedOnAt()) {
            return;
        }
        long wait = t.coincidence() + (proven ? 0 : life / 4);
        t.judgement = new Judgement(Judgement.Kind.CONTROL, control.id(), t.now + wait, false);
        if (wait <= MOST_HELD * t.coincidence()) {
            t.hold();
        }
    }

    /** A control fell: what it was to witness stays unknown. */
    static void witnessLost(Turn t, long control) {
        if (t.judgement != null && t.judgement.control() == control) {
            t.release();
        }
    }

    /** Nothing to be seen: a trial is over; a verdict stands, and this counts as one more eviction. */
    private static void blind(Turn t) {
        if (t.state == CollisionState.TRIAL || t.state == CollisionState.CONFIRMED) {
            evicted(t, Proof.NONE);
        }
    }

    /** A foreign logon was seen, after our own one. */
    static void foreignLogon(Turn t) {
        Judgement word = word(t);
        if (word != null) {
            evicted(t, word.nameInUse() ? Proof.NAME_IN_USE : Proof.FOREIGN_NONCE);
        }
    }

    /** The broker gave the name as the reason: what is still missing is who the rival is. */
    static void nameInUse(Turn t) {
        Judgement word = word(t);
        if (word != null) {
            t.evidence(Kind.NAME_IN_USE, 0, "reason of our disconnect at " + t.server());
            t.judgement = new Judgement(Judgement.Kind.WORD, word.control(), word.deadline(), true);
        }
    }

    /** The judgement that waits for the broker's word; {@code null} if none does. */
    private static @Nullable Judgement word(Turn t) {
        Judgement now = t.judgement;
        boolean waits = now != null && (now.kind() == Judgement.Kind.WORD || now.kind() == Judgement.Kind.WORD_AGAIN);
        return waits ? now : null;
    }

    static void alive(Turn t, long control) {
        if (t.judgement == null || t.judgement.control() != control) {
            return;
        }
        if (t.judgement.kind() == Judgement.Kind.ROUND_TRIP) {
            t.evidence(Kind.QUIET_LOGON_CLOSED, 0, "the control connection stands");
            evicted(t, Proof.QUIET_LOGON_CLOSED);
        } else if (t.judgement.kind() == Judgement.Kind.WORD_AGAIN) {
            t.release();
            if (t.link.watched() && !t.sight.ownLogonSeen()) {
                Controls.unreadable(t, control, "the broker shows no logons, not even our own");
            }
        }
    }

    static void wake(Turn t) {
        Judgement due = t.judgement;
        if (due == null || t.now < due.deadline()) {
            return;
        }
        if (due.kind() == Judgement.Kind.SIGHT) {
            t.release();
        } else if (due.kind() == Judgement.Kind.WORD) {
            wordOverdue(t, due);
        } else if (due.kind() == Judgement.Kind.CONTROL) {
            check(t, due, Judgement.Kind.ROUND_TRIP);
        } else {
            // It does not answer: it is as dead as the link, and nothing that it was to see was seen.
            t.release();
            Control control = t.control(due.control());
            if (control != null) {
                t.replace(control, control.silent());
            }
            t.effect(new CollisionEffect.CloseControl(due.control()));
            Controls.lost(t, due.control());
        }
    }

    private static void check(Turn t, Judgement due, Judgement.Kind next) {
        t.judgement = new Judgement(next, due.control(), t.now + t.coincidence(), false);
        t.effect(new CollisionEffect.CheckControl(due.control()));
    }

    private static void wordOverdue(Turn t, Judgement due) {
        if (due.nameInUse()) {
            evicted(t, Proof.NAME_IN_USE);
        } else {
            // A control that is mute, or half open, sees no eviction: that nobody logged on is to be believed from one
            // that answers.
            check(t, due, Judgement.Kind.WORD_AGAIN);
        }
    }

    private static void evicted(Turn t, Proof proof) {
        t.judgement = null;
        if (t.state == CollisionState.TRIAL) {
            Standbys.trialEnded(t);
        } else {
            Verdicts.evicted(t, proof);
        }
    }
}
