package io.holdfast.client.collision;

import java.util.Locale;

/** What a client does about a collision. */
public enum Decision {
    /** It goes on logging on: it keeps the name, or nobody has to go. */
    STAY,
    /** It stops logging on, and takes the name over when its holder goes. */
    STANDBY,
    /**
     * It stops logging on but for a try after about 60 s, 120 s and so on up to 30 min, and does not look who holds the name: each try
     * evicts the holder once.
     */
    BACK_OFF,
    /** It fails, for its supervisor to see. */
    FAIL,
    /** It goes on under another name; only a client without a publish store does. */
    RENAME;

    /** The word for log lines: lower case, hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
