package io.holdfast.client.collision;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * The series of ended sessions that led to a diagnosis.
 *
 * @param evictions how many sessions the peer ended in this series
 * @param within from the first of these ends to the last
 * @param server where, as {@code tcp://host:port}
 * @param sessions how long the last of them lasted, oldest first, {@value #MAX_SESSIONS} at most
 * @param control what became of the connection under another name meanwhile
 */
public record EvictionLoop(
        int evictions, Duration within, String server, List<Duration> sessions, ControlState control) {

    /** The most sessions that are listed. */
    public static final int MAX_SESSIONS = 8;

    /** Copies the list. */
    public EvictionLoop {
        requireNonNull(within, "within");
        requireNonNull(server, "server");
        requireNonNull(control, "control");
        sessions = List.copyOf(sessions);
    }

    /** The connection under another name that watches the broker. */
    public enum ControlState {
        /** There was none. */
        NONE,
        /** It could not be had, or fell. */
        DOWN,
        /** It stood, and the broker did not let it read status events. */
        UNREADABLE,
        /** It stood and read status events. */
        UP
    }
}
