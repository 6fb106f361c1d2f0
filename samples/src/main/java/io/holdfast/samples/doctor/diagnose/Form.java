package io.holdfast.samples.doctor.diagnose;

/** Who wrote a log. */
public enum Form {
    /** A broker: it knows why it ended a session. */
    BROKER,
    /** A client of ours: it knows how its session ended. */
    HOLDFAST,
    /** Any other client: it says that a connection is there, or gone. */
    BARE
}
