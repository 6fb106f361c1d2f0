package io.holdfast.ha.internal.collision;

import java.time.Instant;

/**
 * What the machine is told with each event instead of asking: the time, and chance.
 *
 * @param nanos monotonic time: everything is measured by it
 * @param wall wall-clock time, for people
 * @param draw a number drawn from 0 (inclusive) to 1 (exclusive) for this event alone
 */
public record Moment(long nanos, Instant wall, double draw) {

    /** Validates the draw. */
    public Moment {
        if (!(draw >= 0 && draw < 1)) {
            throw new IllegalArgumentException("a draw is 0 to below 1, not " + draw);
        }
    }
}
