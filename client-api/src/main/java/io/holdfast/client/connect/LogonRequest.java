package io.holdfast.client.connect;

import static java.util.Objects.requireNonNull;

import io.holdfast.client.message.CorrelationId;
import org.jspecify.annotations.Nullable;

/**
 * Who logs on.
 *
 * @param clientName 1 to 256 characters, none of them a control character or a square bracket (the documented advice for
 *     AMPS client names). Unique among all programs that publish to the same set of brokers
 * @param authenticator gives user and password for each attempt
 * @param correlationId the token the broker shows next to the name in its logs, events and admin pages
 * @param messageType the type of all payloads of the connection, or {@code null} for the endpoint's
 * @param version the client's version as the broker's log is to show it
 * @param options the options of the logon, a comma list such as {@code ack_conflation=10ms}
 */
public record LogonRequest(
        String clientName,
        Authenticator authenticator,
        @Nullable CorrelationId correlationId,
        @Nullable String messageType,
        String version,
        @Nullable String options) {

    /** The longest client name, a bound of ours. */
    public static final int MAX_NAME_LENGTH = 256;

    /** Validates the name. */
    public LogonRequest {
        requireNonNull(authenticator, "authenticator");
        requireNonNull(version, "version");
        checkName(clientName);
    }

    /** A logon with this name, the endpoint's credentials and message type, and our version. */
    public static LogonRequest of(String clientName) {
        return new LogonRequest(clientName, Authenticator.fromEndpoint(), null, null, Version.TEXT, null);
    }

    /** This with another name. */
    public LogonRequest withClientName(String value) {
        return new LogonRequest(value, authenticator, correlationId, messageType, version, options);
    }

    /** This with another token. */
    public LogonRequest withCorrelationId(@Nullable CorrelationId value) {
        return new LogonRequest(clientName, authenticator, value, messageType, version, options);
    }

    /**
     * Checks a client name.
     *
     * @throws IllegalArgumentException naming what is wrong and where
     */
    public static void checkName(String clientName) {
        if (clientName.isEmpty() || clientName.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "a client name has 1.." + MAX_NAME_LENGTH + " characters, not " + clientName.length());
        }
        for (int i = 0; i < clientName.length(); i++) {
            char c = clientName.charAt(i);
            if (Character.isISOControl(c) || c == '[' || c == ']') {
                throw new IllegalArgumentException(
                        "a client name holds no control characters and no square brackets; index " + i + " holds U+"
                                + String.format("%04X", (int) c));
            }
        }
    }
}
