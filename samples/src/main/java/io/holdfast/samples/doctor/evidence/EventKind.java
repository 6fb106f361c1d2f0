package io.holdfast.samples.doctor.evidence;

/** What a line told of a client name. The first group is told by brokers, the second by clients, the third by either. */
public enum EventKind {
    /** The broker took the name from its holder for a new logon. */
    EVICTED(true),
    /** The broker saw the connection end from outside. */
    DROPPED(true),
    /** The broker ended it because it was closing. */
    BROKER_CLOSED(true),
    /** The broker ended it for a reason that is none of the others: entitlement, protocol, an administrator. */
    ENDED_OTHERWISE(true),

    /** The peer closed, or the socket failed: all that an evicted client sees. */
    CLOSED_BY_PEER(true),
    /** An attempt to connect was refused: nobody listens. */
    REFUSED(false),
    /** An attempt to connect got no answer, or there was no way to the host. */
    UNREACHABLE(false),
    /** The program ended the connection itself, or failed by its own fault. */
    ENDED_BY_CLIENT(true),
    /** A client of ours counts the end of a session towards a rival, or suspects one. */
    SUSPECTED(false),
    /** A client of ours found a rival, and says who, if it knows. */
    VERDICT(false),

    /** A logon succeeded. */
    LOGON(false),
    /** A logon was refused because another user holds the name. */
    NAME_REFUSED(false),
    /** The peer was silent for too long. */
    HEARTBEAT(true),
    /** The client did not take its messages. */
    SLOW_CLIENT(true);

    private final boolean end;

    EventKind(boolean end) {
        this.end = end;
    }

    /** Whether a session is over by it. */
    public boolean isEnd() {
        return end;
    }
}
