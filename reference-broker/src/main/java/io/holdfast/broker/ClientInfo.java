package io.holdfast.broker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A logged-on client as the admin page shows it. Everything the client chose is untrusted text.
 *
 * @param clientName the name taken at logon
 * @param connectionName the broker's own name for the connection
 * @param remoteAddress host and port of the peer
 * @param connectTime when the connection was accepted
 * @param logonTime when it took its name
 * @param correlationId the token of the logon, if there was one
 * @param userId the user it claims to be, if it told
 * @param authenticatedId the user the broker checked; {@code null} while authentication is off
 */
public record ClientInfo(
        String clientName,
        String connectionName,
        String remoteAddress,
        Instant connectTime,
        Instant logonTime,
        @Nullable String correlationId,
        @Nullable String userId,
        @Nullable String authenticatedId) {}
