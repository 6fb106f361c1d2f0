package io.holdfast.client.error;

import io.holdfast.client.connect.Endpoint;
import org.jspecify.annotations.Nullable;

/** The broker answered the logon with a failure. */
public final class LogonRefusedException extends MessagingException {

    /** The reason for a name that another user's client holds (documented as a disconnect reason of AMPS). */
    public static final String NAME_IN_USE = "name in use";

    private static final long serialVersionUID = 1L;

    private final transient Endpoint endpoint;
    private final String clientName;
    private final String reason;

    /**
     * A refusal.
     *
     * @param endpoint which broker
     * @param clientName the name we wanted
     * @param reason the broker's words, {@code null} if it gave none
     */
    public LogonRefusedException(Endpoint endpoint, String clientName, @Nullable String reason) {
        super(
                "logon as " + Untrusted.escape(clientName) + " at " + endpoint.address() + " was refused, reason: "
                        + Untrusted.escape(reason) + remedy(reason),
                null);
        this.endpoint = endpoint;
        this.clientName = clientName;
        this.reason = reason == null ? "" : reason;
    }

    /** Which broker. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** The name we wanted. */
    public String clientName() {
        return clientName;
    }

    /** The broker's reason, verbatim and untrusted; empty if it gave none. */
    public String reason() {
        return reason;
    }

    /** Whether another user's client holds the name. */
    public boolean isNameInUse() {
        return NAME_IN_USE.equals(reason);
    }

    @Override
    public boolean isRetryable() {
        return isNameInUse();
    }

    private static String remedy(@Nullable String reason) {
        return NAME_IN_USE.equals(reason)
                ? "; a client of another user holds this name: give each program a name of its own"
                : "";
    }
}
