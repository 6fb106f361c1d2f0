package io.holdfast.ha.collision;

/** What a client does once it has lost its name to another program, {@code holdfast.collision.policy}. */
public enum CollisionPolicy {
    /** Stop logging on, watch the broker, and take the name over when its holder goes. The default. */
    STANDBY,
    /** Stop logging on but for a probe after 60 s, 120 s, and so on up to 30 min. */
    BACK_OFF,
    /** Fail, with a typed exception for the supervisor. */
    FAIL,
    /** Go on under a new name. Refused for a client with stores, which stands by: a new name with the same messages means duplicates. */
    RENAME,
    /** Let the application decide, given the diagnosis; stand by if it throws or takes too long. */
    CALLBACK
}
