package io.holdfast.client.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The client stopped trying to connect, as its {@link io.holdfast.client.Reconnect} told it to. */
public final class ReconnectGaveUpException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String clientName;
    private final int attempts;
    private final Duration outage;

    /**
     * The end of the attempts.
     *
     * @param clientName whose
     * @param attempts how many there were since the last stable session
     * @param outage how long there had been no connection
     * @param last the last failure, if there was one
     */
    public ReconnectGaveUpException(
            String clientName, int attempts, Duration outage, @Nullable MessagingException last) {
        super(
                "client " + Untrusted.escape(clientName) + " gave up after " + attempts + " attempts and "
                        + outage.toMillis() + " ms without a connection"
                        + (last == null ? "" : ", at last: " + last.getMessage())
                        + "; build a new client once the servers can be reached, or raise Reconnect.maxAttempts and maxOutage",
                last);
        this.clientName = clientName;
        this.attempts = attempts;
        this.outage = outage;
    }

    /**
     * The end by a mistake of this library.
     *
     * @param clientName whose
     * @param detail what failed, safe for logs
     * @param cause what was caught
     */
    public ReconnectGaveUpException(String clientName, String detail, Throwable cause) {
        super("client " + Untrusted.escape(clientName) + " cannot go on: " + detail, cause);
        this.clientName = clientName;
        this.attempts = 0;
        this.outage = Duration.ZERO;
    }

    /** Whose. */
    public String clientName() {
        return clientName;
    }

    /** How many attempts there were since the last stable session. */
    public int attempts() {
        return attempts;
    }

    /** How long there had been no connection. */
    public Duration outage() {
        return outage;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
