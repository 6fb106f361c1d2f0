package io.holdfast.ha.internal.machine;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Reconnect;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same for the life of a client.
 *
 * @param clientName whose
 * @param reconnects whether a lost connection is replaced
 * @param maxAttempts after which it gives up; {@link Long#MAX_VALUE} for never
 * @param maxOutageNanos after which it gives up; {@link Long#MAX_VALUE} for never
 * @param stableNanos after which a session is stable
 * @param closeNanos how long a link that is being closed may take
 */
public record Policy(
        String clientName,
        boolean reconnects,
        long maxAttempts,
        long maxOutageNanos,
        long stableNanos,
        long closeNanos) {

    /** As the options say. */
    public static Policy of(String clientName, ClientOptions options) {
        Reconnect reconnect = options.reconnect();
        Integer attempts = reconnect.maxAttempts();
        return new Policy(
                clientName,
                reconnect.isOn(),
                attempts == null ? Long.MAX_VALUE : attempts,
                nanos(reconnect.maxOutage()),
                nanos(reconnect.stableAfter()),
                nanos(options.timeouts().close()));
    }

    private static long nanos(@Nullable Duration value) {
        Duration most = Duration.ofNanos(Long.MAX_VALUE);
        return value == null || value.compareTo(most) > 0 ? Long.MAX_VALUE : value.toNanos();
    }
}
