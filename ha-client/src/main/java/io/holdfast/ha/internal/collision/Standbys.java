package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.CollisionDiagnosis;
import io.holdfast.client.collision.Decision;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.collision.StandbyTiming;
import io.holdfast.ha.internal.collision.CollisionEffect.Occasion;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /** What the policy makes of a silent collision; what the application makes of it follows. */
    static Decision silentDecision(Turn t) {
        return switch (t.options.policy()) {
            case STANDBY, BACK_OFF, CALLBACK -> Decision.STAY;
            case FAIL -> Decision.FAIL;
            case RENAME -> t.setup.hasStores() ? Decision.STAY : Decision.RENAME;
        };
    }

    /** With a silent collision nobody is evicted, so standing by would give the broker nothing: only the others apply. */
    static void silentPolicy(Turn t, CollisionDiagnosis diagnosis) {
        if (diagnosis.decision() == Decision.FAIL) {
            fail(t, diagnosis);
        } else if (diagnosis.decision() == Decision.RENAME) {
            rename(t, diagnosis);
        } else if (t.options.policy() == CollisionPolicy.CALLBACK) {
            ask(t, diagnosis);
        }
    }

    private static void ask(Turn t, CollisionDiagnosis diagnosis) {
        if (t.question != null) {
            notFollowed(t, "it has not answered the question before");
            return;
        }
        Duration limit = t.options.callbackTimeout();
        t.question = new Question(++t.lastQuestion, diagnosis, t.now + limit.toNanos());
        t.effect(new CollisionEffect.AskApplication(t.lastQuestion, diagnosis, limit));
    }

    private static void fail(Turn t, CollisionDiagnosis diagnosis) {
        t.state = CollisionState.FAILED;
        t.effect(new CollisionEffect.Fail(diagnosis.withDecision(Decision.FAIL)));
    }

    private static void rename(Turn t, CollisionDiagnosis diagnosis) {
        if (t.setup.hasStores()) {
            // At a silent collision nobody was evicted, and there is no reason to go.
            boolean stays = t.finding != null && t.finding.isSilent();
            t.say(
                    CollisionCode.POLICY_NOT_FOLLOWED,
                    "rename",
                    t.who() + " policy=rename action=" + (stays ? "stay" : "standby")
                            + " why=\"the client has a publish store: the same messages under another name would be"
                            + " duplicates\"");
            if (!stays && t.state != CollisionState.STANDBY) {
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

    /** By the application's choice: it does not watch, and tries now and then. */
    private static void probeOnly(Turn t) {
        t.waiting = t.waiting().probingOnly();
        arm(t);
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
    static void blinded(Turn t, Endpoint endpoint) {
        if (!endpoint.equals(watched(t))) {
            return;
        }
        Waiting waiting = t.waiting().holder(false).blindfold(true);
        boolean released = waiting.occasion() == Occasion.RELEASED && waiting.logOnAt() != Step.NEVER;
        t.waiting = released ? waiting : waiting.logOn(Step.NEVER, Occasion.PROBE);
        arm(t);
    }

    /** We see again. The holder was cut off too, perhaps: it may come back first. */
    static void sighted(Turn t, Endpoint endpoint) {
        if (!endpoint.equals(watched(t))) {
            return;
        }
        Waiting waiting = t.waiting();
        if (waiting.blinded() && !waiting.holderKnown() && waiting.logOnAt() == Step.NEVER && !t.probesOnly()) {
            StandbyTiming timing = t.options.standby();
            long jitter = (long) (timing.releaseJitter().toNanos() * t.moment.draw());
            t.waiting = waiting.blindfold(false)
                    .logOn(t.now + timing.holderReturn().toNanos() + jitter, Occasion.HOLDER_ABSENT);
        }
    }

    /** Where the holder is to be seen: what becomes of a control elsewhere says nothing about it. */
    private static @Nullable Endpoint watched(Turn t) {
        return t.holder == null ? t.link.endpoint() : t.holder.endpoint();
    }

    static void wake(Turn t) {
        if (t.question != null && t.now >= t.question.until()) {
            t.question = t.question.overdue();
            notFollowed(t, "no answer within " + t.options.callbackTimeout().toMillis() + " ms");
        }
        if (t.state != CollisionState.STANDBY || t.askedUntil() != Step.NEVER) {
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
        t.question = t.question == null ? null : t.question.overdue();
        t.waiting = t.waiting()
                .logOn(Step.NEVER, occasion)
                .probe(Step.NEVER, t.waiting().probes())
                .bearing(bears);
        t.sight = t.sight.foreignGone();
        t.holder = null;
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
        t.say(
                CollisionCode.STANDBY_AGAIN,
                "",
                t.who() + " probes=" + t.waiting().probes());
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

    static void decided(Turn t, long id, Decision decision) {
        Question asked = answered(t, id);
        if (asked == null) {
            return;
        }
        boolean waits = t.state == CollisionState.STANDBY;
        CollisionDiagnosis diagnosis = asked.about().withDecision(decision);
        switch (decision) {
            case STAY -> {
                if (waits) {
                    trial(t, Occasion.APPLICATION, t.options.detection().winnerBears());
                }
            }
            case STANDBY, BACK_OFF -> {
                if (!waits) {
                    standBy(t, diagnosis);
                }
                if (decision == Decision.BACK_OFF) {
                    probeOnly(t);
                }
            }
            case FAIL -> fail(t, diagnosis);
            case RENAME -> rename(t, diagnosis);
        }
    }

    static void undecided(Turn t, long id, String why) {
        if (answered(t, id) != null) {
            notFollowed(t, why);
        }
    }

    /** The question that this answer is to; {@code null} if it came too late to count. */
    private static @Nullable Question answered(Turn t, long id) {
        Question asked = t.question;
        if (asked == null || asked.id() != id) {
            return null;
        }
        t.question = null;
        return asked.isOpen() ? asked : null;
    }

    private static void notFollowed(Turn t, String why) {
        t.say(
                CollisionCode.POLICY_NOT_FOLLOWED,
                "callback",
                t.who() + " policy=callback action=" + (t.waiting == null ? "stay" : "standby") + " why=\""
                        + Untrusted.escape(why) + "\"");
    }

    /** When something is to happen by itself. */
    static long wakeAt(Turn t) {
        Waiting waiting = t.waiting;
        return waiting == null || t.state != CollisionState.STANDBY || t.askedUntil() != Step.NEVER
                ? Step.NEVER
                : Math.min(waiting.logOnAt(), waiting.probeAt());
    }
}
