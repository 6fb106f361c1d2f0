package io.holdfast.ha.collision;

/** What becomes of a publish while the client stands by, and until the name is its own again, {@code holdfast.collision.publish-in-standby}. */
public enum PublishInStandby {
    /** It is refused with a typed exception. The default: what is stored for hours and sent at a takeover may be dangerous. */
    REJECT,
    /** It is stored, and sent when the name is ours again. */
    STORE
}
