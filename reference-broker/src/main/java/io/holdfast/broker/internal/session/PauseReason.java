package io.holdfast.broker.internal.session;

/** Why a connection is not read. It is read again when no reason is left. */
public enum PauseReason {
    /** Its password is being checked. */
    AUTHENTICATION,
    /** What it published waits for the log. */
    LOG,
    /** A test said so. */
    FAULT
}
