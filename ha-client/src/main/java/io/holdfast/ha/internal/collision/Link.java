package io.holdfast.ha.internal.collision;

import io.holdfast.client.connect.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The connection under the client's name.
 *
 * @param phase where it is
 * @param endpoint where it leads or led last; {@code null} before the first
 * @param loggedOnAt when it logged on last
 * @param quiet whether nothing was resumed on it
 * @param failedConnects how many connects failed since the last session, up to a few
 * @param watched whether a control could read when this logon began, and so must have seen it
 * @param failedBefore whether connects had failed before this session
 */
record Link(
        Phase phase,
        @Nullable Endpoint endpoint,
        long loggedOnAt,
        boolean quiet,
        int failedConnects,
        boolean failedBefore,
        boolean watched) {

    static final Link NONE = new Link(Phase.DOWN, null, 0, false, 0, false, false);

    Link connecting(Endpoint to, boolean isWatched) {
        return new Link(Phase.CONNECTING, to, loggedOnAt, false, failedConnects, failedBefore, isWatched);
    }

    Link failed() {
        return new Link(
                Phase.DOWN, endpoint, loggedOnAt, false, Math.min(failedConnects + 1, 100), failedBefore, watched);
    }

    Link up(long now, boolean isQuiet) {
        return new Link(Phase.UP, endpoint, now, isQuiet, 0, failedConnects > 0, watched);
    }

    Link down() {
        return new Link(Phase.DOWN, endpoint, loggedOnAt, false, failedConnects, failedBefore, watched);
    }

    Link loud() {
        return new Link(phase, endpoint, loggedOnAt, false, failedConnects, failedBefore, watched);
    }

    boolean isUp() {
        return phase == Phase.UP;
    }

    boolean isDown() {
        return phase == Phase.DOWN;
    }

    enum Phase {
        DOWN,
        CONNECTING,
        UP
    }
}
