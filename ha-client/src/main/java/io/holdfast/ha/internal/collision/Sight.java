package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.PartyIdentity;
import io.holdfast.ha.identity.IdentityStamp;
import org.jspecify.annotations.Nullable;

/**
 * What the status events of the link's server have shown.
 *
 * @param ownLogonSeen whether the logon of the present or last session was shown
 * @param ownConnection the broker's name for that connection
 * @param ownEndSeen whether its end was shown
 * @param foreignAfterOurs whether another process logged on after us and was not seen to go
 * @param rivalStamp the rival's stamp, if it sent one of ours
 * @param rival who the rival is, as far as known
 * @param otherReasonAt when the broker last gave another reason than the name for the end of our session
 */
record Sight(
        boolean ownLogonSeen,
        @Nullable String ownConnection,
        boolean ownEndSeen,
        boolean foreignAfterOurs,
        @Nullable IdentityStamp rivalStamp,
        PartyIdentity rival,
        long otherReasonAt) {

    static final Sight NONE = new Sight(false, null, false, false, null, PartyIdentity.UNKNOWN, Long.MIN_VALUE / 2);

    /** A logon of ours begins. */
    Sight ofNewLogon() {
        return new Sight(false, null, false, foreignAfterOurs, rivalStamp, rival, Long.MIN_VALUE / 2);
    }

    Sight ownLogon(@Nullable String connection) {
        return new Sight(true, connection, false, false, rivalStamp, rival, otherReasonAt);
    }

    Sight ownEnd() {
        return new Sight(ownLogonSeen, ownConnection, true, foreignAfterOurs, rivalStamp, rival, otherReasonAt);
    }

    Sight otherReason(long now) {
        return new Sight(ownLogonSeen, ownConnection, true, foreignAfterOurs, rivalStamp, rival, now);
    }

    Sight foreignLogon(StatusEvent event) {
        Sight named = named(event);
        return new Sight(ownLogonSeen, ownConnection, ownEndSeen, true, named.rivalStamp, named.rival, otherReasonAt);
    }

    Sight foreignGone() {
        return new Sight(ownLogonSeen, ownConnection, ownEndSeen, false, rivalStamp, rival, otherReasonAt);
    }

    /** The rival is whom this event is about. */
    Sight named(StatusEvent event) {
        IdentityStamp stamp = event.stamp().orElse(null);
        PartyIdentity party = stamp == null
                ? new PartyIdentity(null, -1, null, null, event.address(), event.correlationId())
                : new PartyIdentity(
                        stamp.host(), stamp.pid(), stamp.establishedSince(), stamp.nonce(), event.address(), null);
        return new Sight(ownLogonSeen, ownConnection, ownEndSeen, foreignAfterOurs, stamp, party, otherReasonAt);
    }

    /** Whether another's logon ended the session that ended last. */
    boolean showsEviction() {
        return ownLogonSeen && foreignAfterOurs;
    }
}
