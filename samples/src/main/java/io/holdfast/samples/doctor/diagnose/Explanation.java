package io.holdfast.samples.doctor.diagnose;

/** What a log says, or shows, of why a session ended. */
enum Explanation {
    /** The broker gave the name to another logon. */
    NAME_TAKEN,
    /** The same, but the newcomer was the same process: its half-open connection was replaced. */
    OWN_GHOST,
    /** The peer closed after a good logon, and nothing says why. */
    BARE_CLOSE,
    /** Connects were refused before the next session. */
    BROKER_AWAY,
    /** Connects got no answer before the next session. */
    NO_WAY,
    /** Clients of other names fell in the same moment, nearly every time. */
    SHARED_FALL,
    /** The broker said that it was closing. */
    BROKER_CLOSED,
    /** Silence. */
    HEARTBEAT,
    /** The client did not take its messages. */
    SLOW,
    /** The broker saw the connection end from outside: a program that closes, or a network. */
    DROPPED,
    /** The broker ended it for a reason of its own. */
    OTHER,
    /** The program ended it. */
    OWN
}
