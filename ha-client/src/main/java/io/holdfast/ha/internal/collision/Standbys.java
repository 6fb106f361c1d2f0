package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.Decision;
import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.collision.StandbyTiming;
import io.holdfast.ha.internal.collision.CollisionEffect.Occasion;
import java.time.Duration;
import java.util.Locale;

/** Giving a name up, waiting for it, taking it over. */
final class Standbys {

    private static final int MOST_DOUBLINGS = 20;

    private Standbys() {}

    /** What the policy makes of a lost name. */
    static Decision decision(Turn t) {
        return switch (t.options.policy()) {
            case STANDBY, CALLBACK -> Decision.STANDBY;
            case BACK_OFF -> Decision.BACK_OFF;
            case FAIL -> Decision.FAIL;
            case RENAME -> t.setup.hasStores() ? Decision.STANDBY : Decision.RENAME;
        };
    }

    /** The name is the rival's: penalties, seniority and verdict are of the past. */
    static void giveUp(Turn t, CollisionDiagnosis diagnosis) {
        switch (t.options.policy()) {
            case STANDBY, BACK_OFF -> standBy(t, diagnosis);
            case FAIL -> fail(t, diagnosis);
            case RENAME -> rename(t, diagnosis);
            case CALLBACK -> {
                standBy(t, diagnosis);
                ask(t, diagnosis);
            }
        }
    }

    /** With a silent collision nobody is evicted, so standing by would give the broker nothing: only the others apply. */
    static void silentPolicy(Turn t, CollisionDiagnosis diagnosis) {
        CollisionPolicy policy = t.options.policy();
        if (policy == CollisionPolicy.FAIL) {
            fail(t, diagnosis);
        } else if (policy == CollisionPolicy.RENAME && !t.setup.hasStores()) {
            rename(t, diagnosis);
        } else if (policy == CollisionPolicy.CALLBACK) {
            ask(t, diagnosis);
        }
    }

    private static void ask(Turn t, CollisionDiagnosis diagnosis) {
        Duration limit = t.options.callbackTimeout();
        t.askedUntil = t.now + limit.toNanos();
        t.effect(new CollisionEffect.AskApplication(diagnosis, limit));
    }

    private static void fail(Turn t, CollisionDiagnosis diagnosis) {
        t.state = CollisionState.FAILED;
        t.effect(new CollisionEffect.Fail(diagnosis.withDecision(Decision.FAIL)));
    }

    private static void rename(Turn t, CollisionDiagnosis diagnosis) {
        if (t.setup.hasStores()) {
            t.say(
                    CollisionCode.POLICY_NOT_FOLLOWED,
                    "rename",
                    t.who()
                            + " policy=rename action=standby why=\"the client has stores: the same messages under"
                            + " another name would be duplicates\"");
            if (t.state != CollisionState.STANDBY) {
                standBy(t, diagnosis);
            }
        } else {
            t.state = CollisionState.RENAMED;
            t.effect(new CollisionEffect.Rename(diagnosis.withDecision(Decision.RENAME)));
        }
    }

    private static void standBy(Turn t, CollisionDiagnosis diagnosis) {
        Control control = t.controlOfLink();
        boolean seesHolder = control != null && control.isReadable() && t.sight.foreignAfterOurs();
        enter(t, Waiting.FRESH, seesHolder);
        t.effect(new CollisionEffect.Yield(diagnosis));
        t.say(CollisionCode.YIELDED, "", diagnosis.describe());
    }

    private static void enter(Turn t, Waiting waiting, boolean seesHolder) {
        t.state = CollisionState.STANDBY;
        t.since = null;
        t.loggedOnSince = false;
        t.finding = null;
        t.judgement = null;
        t.held = false;
        t.silentAt = Step.NEVER;
        t.penalties = Penalties.none(t.now);
        t.series = t.series.onlyLongest();
        QuietTest.off(t);
        t.quiet = Quiet.NONE;
        boolean known = seesHolder && !t.probesOnly();
        t.waiting = waiting.holder(known)
                .blindfold(false)
                .logOn(Step.NEVER, Occasion.PROBE)
                .bearing(0);
        arm(t);
        for (Control each : t.controls) {
            if (each.isUp()) {
                t.effect(new CollisionEffect.KeepControlAlive(each.id()));
            }
        }
    }

    /** The slow probe: only while we would not see the holder go, because a probe evicts it. */
    private static void arm(Turn t) {
        Waiting waiting = t.waiting();
        if (waiting.holderKnown()) {
            t.waiting = waiting.probe(Step.NEVER, waiting.probes());
        } else if (waiting.probeAt() == Step.NEVER) {
            StandbyTiming timing = t.options.standby();
            double doubled = timing.firstProbe().toNanos() * Math.pow(2, Math.min(waiting.probes(), MOST_DOUBLINGS));
            double capped = Math.min(doubled, (double) timing.maxProbe().toNanos());
            double spread = 1 + timing.probeSpread() * (2 * t.moment.draw() - 1);
            t.waiting = waiting.probe(t.now + (long) (capped * spread), waiting.probes());
        }
    }

    static void holderSeen(Turn t) {
        if (!t.probesOnly()) {
            t.waiting = t.waiting().holder(true).logOn(Step.NEVER, Occasion.PROBE);
            arm(t);
        }
    }

    static void released(Turn t) {
        if (t.state == CollisionState.STANDBY && !t.probesOnly()) {
            long jitter = (long) (t.options.standby().releaseJitter().toNanos() * t.moment.draw());
            t.waiting = t.waiting().holder(false).logOn(t.now + jitter, Occasion.RELEASED);
            arm(t);
        }
    }

    /** We do not see any more whether the holder is there. A release that was seen stays one. */
    static void blinded(Turn t) {
        Waiting waiting = t.waiting().holder(false).blindfold(true);
        boolean released = waiting.occasion() == Occasion.RELEASED && waiting.logOnAt() != Step.NEVER;
        t.waiting = released ? waiting : waiting.logOn(Step.NEVER, Occasion.PROBE);
        arm(t);
    }

    /** We see again. The holder was cut off too, perhaps: it may come back first. */
    static void sighted(Turn t) {
        Waiting waiting = t.waiting();
        if (waiting.blinded() && !waiting.holderKnown() && waiting.logOnAt() == Step.NEVER && !t.probesOnly()) {
            StandbyTiming timing = t.options.standby();
            long jitter = (long) (timing.releaseJitter().toNanos() * t.moment.draw());
            t.waiting = waiting.blindfold(false)
                    .logOn(t.now + timing.holderReturn().toNanos() + jitter, Occasion.HOLDER_ABSENT);
        }
    }

    static void wake(Turn t) {
        if (t.now >= t.askedUntil) {
            undecided(t, "no answer within " + t.options.callbackTimeout().toMillis() + " ms");
        }
        if (t.state != CollisionState.STANDBY || t.askedUntil != Step.NEVER) {
            return;
        }
        Waiting waiting = t.waiting();
        if (t.now >= waiting.logOnAt()) {
            trial(t, waiting.occasion(), 0);
        } else if (t.now >= waiting.probeAt()) {
            trial(t, Occasion.PROBE, 0);
        }
    }

    private static void trial(Turn t, Occasion occasion, int bears) {
        t.state = CollisionState.TRIAL;
        t.askedUntil = Step.NEVER;
        t.waiting = t.waiting()
                .logOn(Step.NEVER, occasion)
                .probe(Step.NEVER, t.waiting().probes())
                .bearing(bears);
        t.sight = t.sight.foreignGone();
        t.effect(new CollisionEffect.LogOn(occasion));
        t.say(
                CollisionCode.STANDBY_LOGON,
                occasion.name(),
                t.who() + " occasion="
                        + occasion.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Another was quicker: its logon cancels ours. */
    static void overtaken(Turn t) {
        if (t.waiting().bears() == 0) {
            retreat(t, t.waiting());
        }
    }

    /** We were evicted, or refused, before the name was ours. */
    static void trialEnded(Turn t) {
        Waiting waiting = t.waiting();
        if (waiting.bears() > 0) {
            t.waiting = waiting.bearing(waiting.bears() - 1);
            t.release();
        } else {
            boolean probed = waiting.occasion() == Occasion.PROBE;
            retreat(t, probed ? waiting.probe(Step.NEVER, waiting.probes() + 1) : waiting);
        }
    }

    private static void retreat(Turn t, Waiting waiting) {
        Control control = t.controlOfLink();
        enter(t, waiting, control != null && control.isReadable() && t.sight.foreignAfterOurs());
        t.effect(new CollisionEffect.Retreat());
    }

    /** An operator wants the name now: we log on, and bear as many evictions as a winner does. */
    static void takeOver(Turn t) {
        boolean waits = t.state == CollisionState.STANDBY;
        long interval = t.options.standby().takeOverInterval().toNanos();
        long wait = waits ? Math.max(0, t.waiting().tookOverAt() + interval - t.now) : interval;
        if (wait > 0) {
            t.effect(new CollisionEffect.TakeOverRefused(Duration.ofNanos(wait)));
        } else {
            t.waiting = t.waiting().tookOver(t.now);
            trial(t, Occasion.TAKE_OVER, t.options.detection().winnerBears());
        }
    }

    static void decided(Turn t, Decision decision) {
        if (t.askedUntil == Step.NEVER) {
            return;
        }
        t.askedUntil = Step.NEVER;
        boolean waits = t.state == CollisionState.STANDBY;
        CollisionDiagnosis asked = lastDiagnosis(t, decision);
        switch (decision) {
            case STAY -> {
                if (waits) {
                    trial(t, Occasion.APPLICATION, t.options.detection().winnerBears());
                }
            }
            case STANDBY, BACK_OFF -> {
                if (!waits) {
                    standBy(t, asked);
                }
            }
            case FAIL -> fail(t, asked);
            case RENAME -> rename(t, asked);
        }
    }

    static void undecided(Turn t, String why) {
        if (t.askedUntil != Step.NEVER) {
            t.askedUntil = Step.NEVER;
            t.say(
                    CollisionCode.POLICY_NOT_FOLLOWED,
                    "callback",
                    t.who() + " policy=callback action=" + (t.waiting == null ? "stay" : "standby") + " why=\""
                            + Untrusted.escape(why) + "\"");
        }
    }

    private static CollisionDiagnosis lastDiagnosis(Turn t, Decision decision) {
        return Verdicts.current(t).withDecision(decision);
    }

    /** When something is to happen by itself. */
    static long wakeAt(Turn t) {
        Waiting waiting = t.waiting;
        return waiting == null || t.state != CollisionState.STANDBY || t.askedUntil != Step.NEVER
                ? Step.NEVER
                : Math.min(waiting.logOnAt(), waiting.probeAt());
    }
}
