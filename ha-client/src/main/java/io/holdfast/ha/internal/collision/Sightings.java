package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.CollisionEvidence.Kind;
import io.holdfast.client.collision.Proof;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.collision.CollisionWatch;
import io.holdfast.ha.identity.IdentityStamp;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the broker tells about connections under our name. Text in it is untrusted: at worst it makes us yield. */
final class Sightings {

    private static final Set<String> OUR_DOING =
            Set.of("slow client", "heartbeat", "unknown command", "auth", "entitlement", "entitlement reset");
    private static final Set<String> OF_THE_NETWORK = Set.of("connection closed");

    private Sightings() {}

    static void seen(Turn t, long id, StatusEvent event) {
        Control control = t.control(id);
        if (control == null || !event.clientName().equals(t.setup.clientName())) {
            return;
        }
        boolean here = control.endpoint().equals(t.link.endpoint());
        Whose whose = whose(t, control, event);
        if (whose == Whose.OURS && (control.isUp() || control.reflects())) {
            t.replace(control, control.reflecting());
        }
        switch (whose) {
            case OURS -> {
                if (here) {
                    ours(t, event);
                }
            }
            case FOREIGN -> foreign(t, control.endpoint(), event, here);
            case UNKNOWN -> {
                if (event.kind() == StatusEvent.Kind.LOGON && !t.link.isDown()) {
                    Controls.unreadable(t, id, "the broker does not show correlation ids");
                }
            }
        }
    }

    /** A rival that yielded before we looked is not seen any more under the name: its control says who it is. */
    static void companion(Turn t, long id, StatusEvent event) {
        boolean isAnother = event.stamp()
                .filter(stamp -> !stamp.nonce().equals(t.setup.stamp().nonce()))
                .isPresent();
        if (isAnother && t.control(id) != null && t.sight.rival().nonce() == null && t.finding != null) {
            t.sight = t.sight.named(event);
            Verdicts.named(t);
        }
    }

    private static Whose whose(Turn t, Control control, StatusEvent event) {
        Optional<IdentityStamp> stamp = event.stamp();
        if (stamp.isPresent()) {
            return stamp.get().nonce().equals(t.setup.stamp().nonce()) ? Whose.OURS : Whose.FOREIGN;
        }
        // Who logs on while we do not is somebody else, whatever the broker shows of him.
        return control.reflects() || t.state == CollisionState.STANDBY ? Whose.FOREIGN : Whose.UNKNOWN;
    }

    private static void ours(Turn t, StatusEvent event) {
        if (event.kind() == StatusEvent.Kind.LOGON) {
            boolean ghost = t.link.isDown()
                    && t.sight.ownEndSeen()
                    && t.sight.ownConnection() != null
                    && event.connection() != null
                    && !event.connection().equals(t.sight.ownConnection());
            if (ghost) {
                t.evidence(Kind.OWN_GHOST, 0, t.server());
                Sessions.takeBack(t, 0);
                t.release();
            } else {
                t.sight = t.sight.ownLogon(event.connection());
                if (t.finding == null || !t.finding.isSilent()) {
                    t.holder = null; // evicted by this logon, if it was here
                }
            }
        } else if (event.kind() == StatusEvent.Kind.DISCONNECT) {
            ourEnd(t, event);
        }
    }

    private static void ourEnd(Turn t, StatusEvent event) {
        boolean another = t.sight.ownConnection() != null
                && event.connection() != null
                && !event.connection().equals(t.sight.ownConnection());
        if (another) {
            // A connection of ours from before this one: our own ghost, replaced by ourselves.
            return;
        }
        t.sight = t.sight.ownEnd();
        String reason = event.reason();
        if (event.isNameInUse()) {
            Judging.nameInUse(t);
        } else if (reason != null && t.state != CollisionState.STANDBY) {
            otherReason(t, reason);
        }
    }

    private static void otherReason(Turn t, String reason) {
        t.sight = t.sight.otherReason(t.now);
        t.evidence(Kind.OTHER_REASON, 0, reason);
        if (t.link.isDown() && t.now - t.series.lastAt() <= 2 * t.coincidence()) {
            Sessions.takeBack(t, 0);
            t.release();
        }
        if (t.state != CollisionState.NONE) {
            Verdicts.otherCause(t, classify(reason), "the broker's reason: " + Untrusted.escape(reason));
        }
    }

    private static Classification classify(String reason) {
        String word = reason.strip().toLowerCase(Locale.ROOT);
        if (OUR_DOING.contains(word)) {
            return Classification.POISON_OR_SLOW;
        }
        return OF_THE_NETWORK.contains(word) ? Classification.NETWORK : Classification.UNKNOWN;
    }

    private static void foreign(Turn t, Endpoint at, StatusEvent event, boolean here) {
        switch (event.kind()) {
            case LOGON -> foreignLogon(t, at, event, here);
            case DISCONNECT -> foreignEnd(t, at, event, here);
            case ACTIVITY -> {
                if (here && t.state == CollisionState.STANDBY) {
                    t.sight = t.sight.foreignLogon(event);
                    t.holder = new Holder(at, event.connection());
                    Standbys.holderSeen(t);
                }
            }
        }
    }

    private static void foreignLogon(Turn t, Endpoint at, StatusEvent event, boolean here) {
        t.holder = new Holder(at, event.connection());
        t.sight = here ? t.sight.foreignLogon(event) : t.sight.named(event);
        t.evidence(Kind.FOREIGN_LOGON, 0, describe(event));
        Verdicts.named(t);
        if (t.state == CollisionState.STANDBY) {
            Standbys.holderSeen(t);
        } else if (t.state == CollisionState.TRIAL && !t.link.isUp() && t.judgement == null) {
            Standbys.overtaken(t);
        } else if (t.judgement != null) {
            Judging.foreignLogon(t);
        } else if (t.state == CollisionState.SUSPECTED && here) {
            Verdicts.confirmWithoutEviction(t, Proof.FOREIGN_NONCE);
        } else if (t.options.watch() == CollisionWatch.ALWAYS && t.link.isUp() && t.finding == null) {
            t.silentAt = Math.min(t.silentAt, t.now + 2 * t.coincidence());
        }
    }

    private static void foreignEnd(Turn t, Endpoint at, StatusEvent event, boolean here) {
        if (event.isNameInUse()) {
            if (here) {
                replaced(t, event);
            }
        } else if (t.holder == null ? here : t.holder.isEndedBy(at, event)) {
            t.holder = null;
            t.sight = t.sight.foreignGone();
            t.silentAt = Step.NEVER;
            silentRivalGone(t);
            Standbys.released(t);
        }
    }

    /** Whoever was seen at this server may come and go unseen now. A standby still waits for what it saw there. */
    static void blinded(Turn t, Endpoint at) {
        if (t.holder != null && t.holder.endpoint().equals(at) && t.state != CollisionState.STANDBY) {
            t.holder = null;
            silentRivalGone(t);
        }
    }

    private static void silentRivalGone(Turn t) {
        if (t.finding != null && t.finding.isSilent()) {
            t.finding = t.finding.over(t.now);
        }
    }

    /** Somebody with our name was evicted, by us or by a third. A ghost of our own last process is one of these, once. */
    private static void replaced(Turn t, StatusEvent event) {
        t.evidence(Kind.FOREIGN_REPLACED, 0, describe(event));
        if (t.state == CollisionState.SUSPECTED && t.judgement == null) {
            t.sight = t.sight.named(event);
            Verdicts.confirmWithoutEviction(t, Proof.FOREIGN_NONCE);
        } else if (t.state == CollisionState.CONFIRMED) {
            t.sight = t.sight.named(event);
            Verdicts.named(t);
        }
    }

    private static String describe(StatusEvent event) {
        @Nullable String from = event.address();
        return event.stamp().map(stamp -> "nonce " + stamp.nonce()).orElse("no stamp") + " from "
                + (from == null ? "-" : from);
    }

    private enum Whose {
        OURS,
        FOREIGN,
        /** It carries no stamp, and the broker has not shown that it passes stamps on. */
        UNKNOWN
    }
}
