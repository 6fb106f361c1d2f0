package io.holdfast.ha.internal.collision;

import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.PartyIdentity;
import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.identity.NameSource;

/** What an operator is to change, from where the name came from and what the two programs have in common. Pure. */
final class Remedy {

    private Remedy() {}

    /** One sentence without quotes, safe for a log line. */
    static String of(NameSource source, PartyIdentity self, PartyIdentity rival, Classification what) {
        String change = switch (source) {
            case EXPLICIT ->
                "give each instance its own name: unset holdfast.client.name and set holdfast.app,"
                        + " or set holdfast.client.instance";
            case INSTANCE ->
                "set holdfast.client.instance to what differs between the instances, such as the"
                        + " ordinal of the replica";
            case KUBERNETES ->
                "two pods have one name: give each namespace, cluster or StatefulSet its own" + " holdfast.app";
            case SLOT -> slot(self, rival);
            case EPHEMERAL ->
                "two processes drew one name: put ${token} into holdfast.client.name-template, or"
                        + " set holdfast.identity.mode=persistent";
        };
        return which(self, rival) + change + more(what);
    }

    private static String slot(PartyIdentity self, PartyIdentity rival) {
        return sameHost(self, rival)
                ? "two state folders on one host hold one generated name: point both processes to one"
                        + " holdfast.state.dir, and delete the copied folder once its stores are empty"
                : "a state folder was cloned with its machine or volume: on the clone, delete the slot's folder once"
                        + " its stores are empty, and leave it out of the image";
    }

    /** The rival first, where it helps to find it. */
    private static String which(PartyIdentity self, PartyIdentity rival) {
        if (rival.isReadable() && sameHost(self, rival) && rival.pid() >= 0) {
            return self.pid() == rival.pid()
                    ? "both say pid " + rival.pid() + " on one host name, so they run in different containers; "
                    : "stop pid " + rival.pid() + " on this host if it is a left-over, else ";
        }
        if (!rival.isReadable() && rival.address() != null) {
            return "find the program that connects from " + Untrusted.escape(rival.address()) + "; ";
        }
        return "";
    }

    private static String more(Classification what) {
        return what == Classification.SILENT_COLLISION
                ? "; until then stop one of the two, since the broker drops the publishes of the one with lower"
                        + " sequence numbers without a word"
                : "";
    }

    private static boolean sameHost(PartyIdentity self, PartyIdentity rival) {
        return self.host() != null && self.host().equals(rival.host());
    }
}
