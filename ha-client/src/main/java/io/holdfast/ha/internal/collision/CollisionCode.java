package io.holdfast.ha.internal.collision;

/** The lines a client writes about its name, listed in {@code docs/log-events.md}. */
public enum CollisionCode {
    /** A peer ended a session soon after its logon. */
    SESSION_CLOSED("HF-3001", Level.INFO, "session-closed"),
    /** It happened too often for chance. */
    SUSPECTED("HF-3002", Level.WARN, "name-collision suspected"),
    /** The verdict. */
    CONFIRMED("HF-3003", Level.ERROR, "name-collision confirmed"),
    /** Something else ended the sessions. */
    OTHER_CAUSE("HF-3004", Level.WARN, "no-collision"),
    /** The name was given up at an eviction. */
    YIELDED("HF-3005", Level.WARN, "name-yielded"),
    /** A client that stood by logs on. */
    STANDBY_LOGON("HF-3006", Level.INFO, "standby-logon"),
    /** The suspicion or collision is over, and the name is ours. */
    NAME_KEPT("HF-3007", Level.INFO, "name-kept"),
    /** Two programs use the name, and neither is evicted. */
    SILENT("HF-3008", Level.ERROR, "silent-collision"),
    /** The broker does not let us see who logs on. */
    UNREADABLE("HF-3009", Level.WARN, "client-status-unreadable"),
    /** A policy could not be followed. */
    POLICY_NOT_FOLLOWED("HF-3010", Level.WARN, "collision-policy-not-followed"),
    /** A client that had logged on out of its standby stands by again. */
    STANDBY_AGAIN("HF-3013", Level.INFO, "standby-again");

    private final String code;
    private final Level level;
    private final String title;

    CollisionCode(String code, Level level, String title) {
        this.code = code;
        this.level = level;
        this.title = title;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** How loud it is. */
    public Level level() {
        return level;
    }

    /** What stands between the code and the fields. */
    public String title() {
        return title;
    }

    /** How loud a line is. */
    public enum Level {
        /** Good to know. */
        INFO,
        /** Somebody should look. */
        WARN,
        /** Somebody must act. */
        ERROR
    }
}
