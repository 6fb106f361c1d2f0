package io.holdfast.ha.internal.collision;

/**
 * Where a name stands, over the whole list of servers.
 *
 * <pre>
 * NONE -penalties-&gt; SUSPECTED -proof-&gt; CONFIRMED -evicted, and not to keep it-&gt; STANDBY | FAILED | RENAMED
 *   ^        |              |                                                         |     ^
 *   +--------+--- held -----+                        released, blind too long, asked  |     | closed again
 *   +------------------------------- held ------------------------------- TRIAL &lt;-----+-----+
 * </pre>
 */
public enum CollisionState {
    /** Nothing suspicious. */
    NONE,
    /** Sessions end too often; the control connection is to find out why. Nothing is done about the name. */
    SUSPECTED,
    /** Another program has the name; we still log on, and may keep it. */
    CONFIRMED,
    /** We do not log on, and wait for the name, or for the application's answer. */
    STANDBY,
    /** We logged on out of STANDBY, and have not had the name for long enough to call it ours. */
    TRIAL,
    /** We gave up, as the policy says. Terminal. */
    FAILED,
    /** The client goes on under another name, with a machine of its own. Terminal. */
    RENAMED,
    /** The client was closed. Terminal. */
    STOPPED;

    /** Whether nothing changes any more. */
    public boolean isTerminal() {
        return this == FAILED || this == RENAMED || this == STOPPED;
    }
}
