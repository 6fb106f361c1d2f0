package io.holdfast.ha.collision;

/** What a client does once it has lost its name to another program, {@code holdfast.collision.policy}. */
public enum CollisionPolicy {
    /** Stop logging on, watch the broker, and take the name over when its holder goes. The default. */
    STANDBY,
    /**
     * Stop logging on but for a try after about 60 s, 120 s and so on up to 30 min ({@link StandbyTiming}), without looking who holds the
     * name: each try evicts the holder once.
     */
    BACK_OFF,
    /** Fail, with a typed exception for the supervisor, which must not start the program again before it has a name of its own. */
    FAIL,
    /**
     * Go on under a new name. Only without a publish store, since a new name with the same messages means duplicates: a client that has one, as
     * every client that reconnects has unless it is told otherwise, stands by instead and says so (HF-3010), and only reports a silent
     * collision.
     */
    RENAME,
    /** Let the application decide, given the diagnosis; stand by, or stay connected in a silent collision, if it throws or takes too long. */
    CALLBACK
}
