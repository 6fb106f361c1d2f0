package io.holdfast.broker.internal.session;

import org.jspecify.annotations.Nullable;

/**
 * Who logs on, in the client's own words but for the authenticated id.
 *
 * @param clientName the name it takes
 * @param userId the user it claims to be, if any
 * @param correlationId its token, if any
 * @param version its version, if told
 * @param messageType its message type, if told
 * @param authenticatedId the user whose password was checked; {@code null} while authentication is off
 * @param replication the instance that logs on to replicate; {@code null} for a client
 */
public record LogonIdentity(
        String clientName,
        @Nullable String userId,
        @Nullable String correlationId,
        @Nullable String version,
        @Nullable String messageType,
        @Nullable String authenticatedId,
        @Nullable ReplicationSource replication) {

    /** The same with the user who was checked. */
    public LogonIdentity authenticated() {
        return new LogonIdentity(clientName, userId, correlationId, version, messageType, userId, replication);
    }
}
