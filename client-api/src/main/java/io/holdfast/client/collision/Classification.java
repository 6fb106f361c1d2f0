package io.holdfast.client.collision;

import java.util.Locale;

/** What made the broker or the network end the connections of a client. */
public enum Classification {
    /** Another program logs on with this client's name, and each evicts the other. */
    COLLISION,
    /** Another program uses the name, and nobody is evicted: two servers, or one without a transaction log. */
    SILENT_COLLISION,
    /** The network, or something in it, cut connections of every name. */
    NETWORK,
    /** The broker went away and came back. */
    BROKER,
    /** Something in the network ends connections that are idle for a certain time. */
    IDLE_TIMER,
    /** The broker ends the connection for what this client sends or does not read: a logon without both lives. */
    POISON_OR_SLOW,
    /** Not known. */
    UNKNOWN;

    /** The word for log lines: lower case, hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether another program has the name. */
    public boolean isCollision() {
        return this == COLLISION || this == SILENT_COLLISION;
    }
}
