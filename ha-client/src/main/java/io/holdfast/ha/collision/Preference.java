package io.holdfast.ha.collision;

/** Which of two programs that can read each other keeps the name, {@code holdfast.collision.prefer}. */
public enum Preference {
    /** The one that has had it longer. The default. */
    SENIOR,
    /** The one that took it last; holds only if both want it. */
    NEWEST
}
