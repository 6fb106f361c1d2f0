package io.holdfast.client.collision;

import static java.util.Objects.requireNonNull;

/**
 * The two programs, and which of them is to keep the name.
 *
 * @param self this client
 * @param rival the other, as far as it is known
 * @param winner who keeps the name
 * @param because the rule that decided, one word: {@code senior}, {@code newest}, {@code nonce}, {@code connected} (the rival
 *     cannot be read, and this client was evicted too often; or both stay), {@code persistent} (the rival came back too often),
 *     {@code unread} (the rival cannot be read, and nothing is decided yet)
 */
public record Parties(PartyIdentity self, PartyIdentity rival, Winner winner, String because) {

    /** Checks that all are there. */
    public Parties {
        requireNonNull(self, "self");
        requireNonNull(rival, "rival");
        requireNonNull(winner, "winner");
        requireNonNull(because, "because");
    }

    /** Who keeps a name. */
    public enum Winner {
        /** This client. */
        SELF,
        /** The other program. */
        RIVAL,
        /** Not decided, or nobody has to go. */
        UNDECIDED
    }
}
