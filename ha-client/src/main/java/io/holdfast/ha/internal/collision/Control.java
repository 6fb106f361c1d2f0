package io.holdfast.ha.internal.collision;

import io.holdfast.client.connect.Endpoint;

/**
 * One connection under another name, or the want of one.
 *
 * @param id its id; a new one at each attempt
 * @param endpoint where it leads
 * @param phase where it is
 * @param upAt when it logged on
 * @param fellAt when it fell last
 * @param failures how often in a row it could not be had or fell soon
 * @param retryAt when to try again
 * @param fellSilent whether one there was found dead without having ended: the next one is to be kept alive
 * @param reflects whether the broker has shown us our own stamp: then a logon without one is not ours
 */
record Control(
        long id,
        Endpoint endpoint,
        Phase phase,
        long upAt,
        long fellAt,
        int failures,
        long retryAt,
        boolean fellSilent,
        boolean reflects) {

    static Control opening(long id, Endpoint endpoint) {
        return new Control(id, endpoint, Phase.OPENING, 0, Long.MIN_VALUE / 2, 0, Step.NEVER, false, false);
    }

    Control reopening(long newId) {
        return new Control(newId, endpoint, Phase.OPENING, upAt, fellAt, failures, Step.NEVER, fellSilent, reflects);
    }

    Control in(Phase next) {
        return new Control(id, endpoint, next, upAt, fellAt, failures, retryAt, fellSilent, reflects);
    }

    Control up(long now) {
        return new Control(id, endpoint, Phase.UP, now, fellAt, failures, retryAt, fellSilent, reflects);
    }

    Control down(long now, int newFailures, long newRetryAt) {
        return new Control(
                id, endpoint, Phase.DOWN, upAt, isUp() ? now : fellAt, newFailures, newRetryAt, fellSilent, reflects);
    }

    Control reflecting() {
        return new Control(id, endpoint, Phase.READABLE, upAt, fellAt, failures, retryAt, fellSilent, true);
    }

    Control silent() {
        return new Control(id, endpoint, phase, upAt, fellAt, failures, retryAt, true, reflects);
    }

    boolean isUp() {
        return phase == Phase.UP || phase == Phase.READABLE || phase == Phase.UNREADABLE;
    }

    /** Whether it is not known yet whether it may read. */
    boolean isComing() {
        return phase == Phase.OPENING || phase == Phase.UP;
    }

    boolean isReadable() {
        return phase == Phase.READABLE;
    }

    enum Phase {
        OPENING,
        /** Logged on; not known yet whether it may read. */
        UP,
        READABLE,
        UNREADABLE,
        DOWN
    }
}
