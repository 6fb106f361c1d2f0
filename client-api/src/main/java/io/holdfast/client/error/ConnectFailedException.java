package io.holdfast.client.error;

import io.holdfast.client.connect.Endpoint;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** No connection could be made: everything before the broker's answer to the logon. */
public final class ConnectFailedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final transient Endpoint endpoint;
    private final Stage stage;

    /**
     * A failed attempt.
     *
     * @param endpoint where to
     * @param stage how far it came
     * @param detail what happened, safe for logs
     * @param cause what was caught, if something was
     */
    public ConnectFailedException(Endpoint endpoint, Stage stage, String detail, @Nullable Throwable cause) {
        super("connecting to " + endpoint.address() + " failed at " + stage + ": " + detail, cause);
        this.endpoint = endpoint;
        this.stage = stage;
    }

    /** Where to. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** How far the attempt came. */
    public Stage stage() {
        return stage;
    }

    /**
     * {@inheritDoc}
     *
     * <p>True, but for what TLS or the authenticator refused; a deadline or a socket that failed at these stages is as passing
     * as at any other.
     */
    @Override
    public boolean isRetryable() {
        Throwable cause = getCause();
        return (stage != Stage.TLS && stage != Stage.AUTHENTICATION)
                || cause instanceof TimeoutException
                || (cause instanceof IOException && !(cause instanceof SSLException));
    }

    /** The stages of an attempt, in their order. */
    public enum Stage {
        /** The host name was being resolved. */
        DNS,
        /** The TCP connection was being made. */
        TCP,
        /** The TLS handshake was under way. */
        TLS,
        /** The {@link io.holdfast.client.connect.Authenticator} was being asked. */
        AUTHENTICATION,
        /** The logon was sent and not answered. */
        LOGON
    }
}
