package io.holdfast.client.collision;

import java.util.Locale;

/** What turned a suspicion into a verdict. */
public enum Proof {
    /** Nothing yet. */
    NONE,
    /** The broker's status events showed a logon under the name that this process did not make. */
    FOREIGN_NONCE,
    /** The broker said that the name is in use: it refused the logon, or gave that as the reason of our disconnect. */
    NAME_IN_USE,
    /** The broker holds a sequence number for the name that this client's store did not write. */
    FOREIGN_SEQUENCE,
    /** A connection under another name stood while ours was closed, and a logon without replay and subscriptions was closed too. */
    QUIET_LOGON_CLOSED;

    /** The word for log lines: lower case, hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
