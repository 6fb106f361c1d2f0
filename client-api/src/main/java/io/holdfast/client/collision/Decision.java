package io.holdfast.client.collision;

import java.util.Locale;

/** What a client does about a collision. */
public enum Decision {
    /** It goes on logging on: it keeps the name, or nobody has to go. */
    STAY,
    /** It stops logging on, and takes the name over when its holder goes. */
    STANDBY,
    /** It stops logging on but for a probe now and then. */
    BACK_OFF,
    /** It fails, for its supervisor to see. */
    FAIL,
    /** It goes on under another name. */
    RENAME;

    /** The word for log lines: lower case, hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
