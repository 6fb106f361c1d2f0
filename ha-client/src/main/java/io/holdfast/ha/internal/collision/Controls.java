package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.CollisionEvidence.Kind;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.collision.CollisionWatch;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The connections under other names: which there are to be, and what their life and death tells. */
final class Controls {

    private static final long FIRST_RETRY = Duration.ofMillis(500).toNanos();
    private static final long LAST_RETRY = Duration.ofSeconds(30).toNanos();
    private static final long SHORTEST_IDLE_TIMER = Duration.ofSeconds(5).toNanos();
    private static final int MOST_FAILURES = 6;

    private Controls() {}

    /** Opens and closes so that there is one wherever one is wanted. */
    static void settle(Turn t) {
        Set<Endpoint> wanted = wanted(t);
        for (Control control : List.copyOf(t.controls)) {
            if (!wanted.contains(control.endpoint())) {
                t.controls.remove(control);
                if (control.phase() != Control.Phase.DOWN) {
                    t.effect(new CollisionEffect.CloseControl(control.id()));
                }
            } else if (control.phase() == Control.Phase.DOWN && control.retryAt() <= t.now) {
                Control fresh = control.reopening(++t.lastControl);
                t.replace(control, fresh);
                t.effect(new CollisionEffect.OpenControl(fresh.id(), fresh.endpoint()));
            }
        }
        for (Endpoint endpoint : wanted) {
            if (t.controlAt(endpoint) == null) {
                Control fresh = Control.opening(++t.lastControl, endpoint);
                t.controls.add(fresh);
                t.effect(new CollisionEffect.OpenControl(fresh.id(), endpoint));
            }
        }
    }

    private static Set<Endpoint> wanted(Turn t) {
        Set<Endpoint> wanted = new LinkedHashSet<>();
        Endpoint endpoint = t.link.endpoint();
        if (t.state.isTerminal() || endpoint == null) {
            return wanted;
        }
        if (t.options.watch() == CollisionWatch.ALWAYS) {
            wanted.addAll(t.setup.endpoints());
            wanted.add(endpoint);
        } else if (t.state != CollisionState.NONE && !(t.state == CollisionState.STANDBY && t.probesOnly())) {
            wanted.add(endpoint);
        }
        return wanted;
    }

    static void up(Turn t, long id) {
        Control control = t.control(id);
        if (control != null) {
            t.replace(control, control.up(t.now));
            if (t.state == CollisionState.STANDBY || control.fellSilent()) {
                t.effect(new CollisionEffect.KeepControlAlive(id));
            }
        }
    }

    static void readable(Turn t, long id) {
        Control control = t.control(id);
        if (control != null && control.isUp()) {
            t.replace(control, control.in(Control.Phase.READABLE));
            Judging.sightSettled(t, control);
            if (t.state == CollisionState.STANDBY) {
                Standbys.sighted(t, control.endpoint());
            }
        }
    }

    static void unreadable(Turn t, long id, String why) {
        Control control = t.control(id);
        if (control == null || !control.isUp() || control.phase() == Control.Phase.UNREADABLE) {
            return;
        }
        t.replace(control, control.in(Control.Phase.UNREADABLE));
        Judging.sightSettled(t, control);
        t.say(
                CollisionCode.UNREADABLE,
                "",
                t.who() + " why=\"" + why + "\" fix=\"entitle this user to the topic " + StatusEvent.TOPIC
                        + ": without it no log can name the rival, and a standby notices only by trying that the name"
                        + " is free\"");
        Sightings.blinded(t, control.endpoint());
        if (t.state == CollisionState.SUSPECTED && control.endpoint().equals(t.link.endpoint())) {
            QuietTest.ask(t);
        }
        if (t.state == CollisionState.STANDBY) {
            Standbys.blinded(t, control.endpoint());
        }
    }

    static void lost(Turn t, long id) {
        Control control = t.control(id);
        if (control == null || control.phase() == Control.Phase.DOWN) {
            return;
        }
        long age = t.now - control.upAt();
        boolean stood = control.isUp();
        int failures = stood && age > LAST_RETRY ? 1 : Math.min(control.failures() + 1, MOST_FAILURES);
        long delay = Math.min(FIRST_RETRY << (failures - 1), LAST_RETRY);
        long spread = (long) (delay * (0.5 + t.moment.draw() / 2));
        t.replace(control, control.down(t.now, failures, t.now + spread));
        Judging.witnessLost(t, id);
        Sightings.blinded(t, control.endpoint());
        if (t.state == CollisionState.STANDBY) {
            Standbys.blinded(t, control.endpoint());
        } else if (!stood) {
            Judging.sightSettled(t, control);
            t.evidence(Kind.NO_CONTROL, 0, control.endpoint().address());
        } else if (control.endpoint().equals(t.link.endpoint())) {
            fell(t, age);
        }
    }

    private static void fell(Turn t, long age) {
        long life = t.series.lastLife();
        boolean together = t.link.isDown() && t.now - t.series.lastAt() <= t.coincidence();
        boolean sameAge = life >= SHORTEST_IDLE_TIMER && Math.abs(age - life) <= life / 10;
        if (together) {
            Sessions.controlFellToo(t);
        } else if (sameAge && t.state == CollisionState.SUSPECTED) {
            t.evidence(Kind.CONTROL_DIED_AT_THE_SAME_AGE, 0, Turn.millis(age) + " ms");
            QuietTest.excuse(
                    t,
                    Classification.IDLE_TIMER,
                    "an idle connection under another name ended at the age of " + Turn.millis(age)
                            + " ms like the sessions: start heartbeats");
        }
    }
}
