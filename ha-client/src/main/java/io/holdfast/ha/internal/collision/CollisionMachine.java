package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.Proof;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.internal.collision.CollisionEvent.CompanionSeen;
import io.holdfast.ha.internal.collision.CollisionEvent.ConnectFailed;
import io.holdfast.ha.internal.collision.CollisionEvent.ControlAlive;
import io.holdfast.ha.internal.collision.CollisionEvent.ControlLost;
import io.holdfast.ha.internal.collision.CollisionEvent.ControlReadable;
import io.holdfast.ha.internal.collision.CollisionEvent.ControlUnreadable;
import io.holdfast.ha.internal.collision.CollisionEvent.ControlUp;
import io.holdfast.ha.internal.collision.CollisionEvent.Decided;
import io.holdfast.ha.internal.collision.CollisionEvent.DecisionFailed;
import io.holdfast.ha.internal.collision.CollisionEvent.ForeignSequenceSeen;
import io.holdfast.ha.internal.collision.CollisionEvent.LinkLost;
import io.holdfast.ha.internal.collision.CollisionEvent.LoggedOn;
import io.holdfast.ha.internal.collision.CollisionEvent.LogonStarted;
import io.holdfast.ha.internal.collision.CollisionEvent.StatusSeen;
import io.holdfast.ha.internal.collision.CollisionEvent.Stopped;
import io.holdfast.ha.internal.collision.CollisionEvent.StoresCounted;
import io.holdfast.ha.internal.collision.CollisionEvent.TakeOver;

/**
 * Finds out whether another program has this client's name, and which of the two is to go: model and event in, model and
 * effects out. Stands beside the machine of the connection, which asks it for nothing: the driver tells both, and obeys both.
 * Pure; time and chance come with each event.
 *
 * <p>Three rules carry it. Nobody yields but at an eviction, which proves that somebody else is connected: so the name is
 * never left empty, and of any number exactly one stays. Nothing is done about the name without a proof. A logon that evicts
 * is made only to take what was seen to be released, or when we cannot see.
 */
public final class CollisionMachine {

    private final CollisionSetup setup;

    /** A machine for one name. */
    public CollisionMachine(CollisionSetup setup) {
        this.setup = setup;
    }

    /** What comes of the event. */
    public Step on(CollisionModel model, CollisionEvent event, Moment moment) {
        Turn t = new Turn(setup, model, moment);
        if (!t.state.isTerminal()) {
            t.penalties = t.penalties.fadedTo(t.now, t.options.detection());
            if (!link(t, event) && !control(t, event)) {
                outside(t, event);
            }
            Controls.settle(t);
        }
        return t.step(wakeAt(t));
    }

    /** Who a logon that begins now is to say it is. */
    public IdentityStamp stamp(CollisionModel model, Moment moment) {
        Turn t = new Turn(setup, model, moment);
        if (t.since == null) {
            t.since = moment;
        }
        return t.ownStamp();
    }

    private static boolean link(Turn t, CollisionEvent event) {
        if (event instanceof LogonStarted started) {
            Sessions.started(t, started.endpoint());
        } else if (event instanceof LoggedOn loggedOn) {
            Sessions.loggedOn(t, loggedOn.quiet());
        } else if (event instanceof ConnectFailed failed) {
            Sessions.failed(t, failed.failure());
        } else if (event instanceof LinkLost lost) {
            Sessions.lost(t, lost.loss());
        } else if (event instanceof ForeignSequenceSeen seen) {
            Sessions.foreignSequence(t, seen.sequence(), seen.storeIsOlder());
        } else {
            return false;
        }
        return true;
    }

    private static boolean control(Turn t, CollisionEvent event) {
        if (event instanceof ControlUp up) {
            Controls.up(t, up.control());
        } else if (event instanceof ControlReadable readable) {
            Controls.readable(t, readable.control());
        } else if (event instanceof ControlUnreadable unreadable) {
            Controls.unreadable(t, unreadable.control(), "the broker refuses the subscription");
        } else if (event instanceof ControlAlive alive) {
            Judging.alive(t, alive.control());
        } else if (event instanceof ControlLost lost) {
            Controls.lost(t, lost.control());
        } else if (event instanceof StatusSeen seen) {
            Sightings.seen(t, seen.control(), seen.event());
        } else if (event instanceof CompanionSeen seen) {
            Sightings.companion(t, seen.control(), seen.event());
        } else {
            return false;
        }
        return true;
    }

    private static void outside(Turn t, CollisionEvent event) {
        if (event instanceof TakeOver) {
            Standbys.takeOver(t);
        } else if (event instanceof Decided decided) {
            Standbys.decided(t, decided.question(), decided.decision());
        } else if (event instanceof DecisionFailed failed) {
            Standbys.undecided(t, failed.question(), failed.error());
        } else if (event instanceof StoresCounted counted) {
            t.stores = counted.counts();
        } else if (event instanceof Stopped) {
            t.state = CollisionState.STOPPED;
        } else {
            woken(t);
        }
    }

    private static void woken(Turn t) {
        Judging.wake(t);
        QuietTest.wake(t);
        if (t.now >= t.silentAt) {
            t.silentAt = Step.NEVER;
            if (t.link.isUp()) {
                Verdicts.silent(t, Proof.FOREIGN_NONCE);
            }
        }
        Sessions.wake(t);
        Standbys.wake(t);
    }

    private static long wakeAt(Turn t) {
        if (t.state.isTerminal()) {
            return Step.NEVER;
        }
        long at = Math.min(t.quiet.until(), Math.min(t.askedUntil(), t.silentAt));
        if (t.judgement != null) {
            at = Math.min(at, t.judgement.deadline());
        }
        for (Control control : t.controls) {
            if (control.phase() == Control.Phase.DOWN) {
                at = Math.min(at, control.retryAt());
            }
        }
        at = Math.min(at, Sessions.heldAt(t));
        return Math.min(at, Standbys.wakeAt(t));
    }
}
