package io.holdfast.client.connect;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection, reported once; the first cause wins.
 *
 * @param endpoint where it led
 * @param clientName the name it had taken
 * @param cause why it ended
 * @param rawError what was caught, if something was: a
 *     {@link io.holdfast.client.error.ProtocolException} for {@link DisconnectCause#PROTOCOL_ERROR}, and for
 *     {@link DisconnectCause#PEER_CLOSED} in the middle of a frame
 * @param lifetime from the logon's answer to the end, on a monotonic clock
 * @param silence for {@link DisconnectCause#OWN_SILENCE}, how long nothing had been sent; zero for every other cause
 */
public record Disconnect(
        Endpoint endpoint,
        String clientName,
        DisconnectCause cause,
        @Nullable Throwable rawError,
        Duration lifetime,
        Duration silence) {

    /** Validates the silence. */
    public Disconnect {
        if (silence.isNegative()) {
            throw new IllegalArgumentException("a silence is not negative: " + silence);
        }
    }

    /** An end that no silence of this side explains. */
    public Disconnect(
            Endpoint endpoint,
            String clientName,
            DisconnectCause cause,
            @Nullable Throwable rawError,
            Duration lifetime) {
        this(endpoint, clientName, cause, rawError, lifetime, Duration.ZERO);
    }

    /** Who ended it. */
    public DisconnectSource source() {
        return cause.source();
    }

    /** What was caught, if something was. */
    public Optional<Throwable> error() {
        return Optional.ofNullable(rawError);
    }

    /** One clause for messages and logs, for example {@code peer closed the connection after 4.2 s}. */
    public String describe() {
        String what = switch (cause) {
            case CLOSED_BY_APPLICATION -> "closed by the application";
            case PEER_CLOSED -> "the peer closed the connection";
            case PEER_RESET -> "the connection failed";
            case OWN_SILENCE ->
                "this process sent nothing for " + seconds(silence) + ", so the peer closed the connection";
            case HEARTBEAT_TIMEOUT -> "the peer was silent for two heartbeat intervals";
            case PROTOCOL_ERROR -> "the peer broke the protocol";
            case INTERNAL_ERROR -> "a sink or handler failed on the connection's thread";
        };
        String detail = rawError == null ? "" : " (" + rawError.getMessage() + ")";
        return what + detail + " " + lifetime.toMillis() + " ms after logon";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
}
