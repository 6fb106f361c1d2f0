package io.holdfast.ha.internal.collision;

import io.holdfast.ha.identity.IdentityStamp;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message of the topic {@code /AMPS/ClientStatus}, as {@link StatusEventReader} read it; all text is untrusted.
 *
 * @param kind what happened, as far as we care
 * @param clientName whose connection
 * @param connection the broker's name for the connection, different for each; {@code null} if not told
 * @param address where that client is; {@code null} if not told
 * @param correlationId the token it chose at logon, cut at 1024 characters; {@code null} if none
 * @param reason why, on a disconnect; {@code null} if not told
 */
public record StatusEvent(
        Kind kind,
        String clientName,
        @Nullable String connection,
        @Nullable String address,
        @Nullable String correlationId,
        @Nullable String reason) {

    /** The topic it comes from. */
    public static final String TOPIC = "/AMPS/ClientStatus";

    private static final String NAME_IN_USE = "name in use";

    /** Who the client says it is, if its token is a stamp of ours. */
    Optional<IdentityStamp> stamp() {
        return IdentityStamp.parse(correlationId);
    }

    /** Whether the connection ended because another took its name. */
    boolean isNameInUse() {
        return reason != null && reason.strip().toLowerCase(Locale.ROOT).equals(NAME_IN_USE);
    }

    /** What happened. */
    public enum Kind {
        /** A client logged on. */
        LOGON,
        /** A connection ended. */
        DISCONNECT,
        /** A client did something else, which shows that it is connected. */
        ACTIVITY
    }
}
