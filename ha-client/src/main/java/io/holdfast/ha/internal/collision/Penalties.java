package io.holdfast.ha.internal.collision;

import io.holdfast.ha.collision.Detection;
import io.holdfast.ha.collision.Detection.Horizon;
import java.time.Duration;

/**
 * The two penalties of a name, faded to one point in time. Immutable, pure.
 *
 * @param fast the penalty for quick loops
 * @param slow the penalty for slow ones
 * @param at the monotonic time for which both hold
 */
record Penalties(double fast, double slow, long at) {

    /** No penalty. */
    static Penalties none(long now) {
        return new Penalties(0, 0, now);
    }

    /** These, as they are now. Time that runs backwards fades nothing. */
    Penalties fadedTo(long now, Detection numbers) {
        long passed = Math.max(0, now - at);
        return new Penalties(faded(fast, passed, numbers.fast()), faded(slow, passed, numbers.slow()), now);
    }

    /** These with a session of this length that ended now. A negative weight takes one back. */
    Penalties plus(double weight, long life, long now, Detection numbers) {
        Penalties faded = fadedTo(now, numbers);
        return new Penalties(
                added(faded.fast, weight, life, numbers.fast()), added(faded.slow, weight, life, numbers.slow()), now);
    }

    /** Whether either is at the level of suspicion. */
    boolean suspect(Detection numbers) {
        return fast >= numbers.fast().suspectAt() || slow >= numbers.slow().suspectAt();
    }

    /** Whether either is at the level at which a rival that cannot be read gets the name. */
    boolean mustYield(boolean senior, Detection numbers) {
        return senior
                ? fast >= numbers.fast().seniorYieldsAt()
                        || slow >= numbers.slow().seniorYieldsAt()
                : suspect(numbers);
    }

    private static double faded(double value, long passed, Horizon horizon) {
        return value * Math.pow(2, -(double) passed / nanos(horizon.halfLife()));
    }

    private static double added(double value, double weight, long life, Horizon horizon) {
        return life < nanos(horizon.countsUnder()) ? Math.max(0, value + weight) : value;
    }

    private static long nanos(Duration duration) {
        return duration.toNanos();
    }
}
