package io.holdfast.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life, in both directions.
 *
 * <p>The client asks the broker for a heartbeat whenever it would otherwise be silent for {@code interval}, and answers each.
 * When nothing at all has come for two intervals the connection is closed with
 * {@link io.holdfast.client.connect.DisconnectCause#HEARTBEAT_TIMEOUT}. The broker holds us to the same rule,
 * and a connection that it closes for it ends with {@link io.holdfast.client.connect.DisconnectCause#OWN_SILENCE}.
 *
 * @param rawInterval whole seconds from 1 (the protocol counts in seconds), or {@code null} for off
 */
public record Heartbeat(@Nullable Duration rawInterval) {

    /** Every five seconds, so that a silent broker is noticed within ten. */
    public static final Heartbeat DEFAULT = every(Duration.ofSeconds(5));

    /** No heartbeats: a peer that vanishes without a word is noticed when the operating system does. */
    public static final Heartbeat OFF = new Heartbeat(null);

    /** Validates the interval. */
    public Heartbeat {
        if (rawInterval != null
                && (rawInterval.toSeconds() < 1 || rawInterval.toNanosPart() != 0 || rawInterval.toSeconds() > 3_600)) {
            throw new IllegalArgumentException(
                    "a heartbeat interval is a whole number of seconds, 1..3600, not " + rawInterval);
        }
    }

    /** A heartbeat at this interval. */
    public static Heartbeat every(Duration interval) {
        return new Heartbeat(interval);
    }

    /** Whether heartbeats are on. */
    public boolean isOn() {
        return rawInterval != null;
    }

    /**
     * The interval.
     *
     * @throws IllegalStateException if heartbeats are off
     */
    public Duration interval() {
        if (rawInterval == null) {
            throw new IllegalStateException("heartbeats are off");
        }
        return rawInterval;
    }
}
