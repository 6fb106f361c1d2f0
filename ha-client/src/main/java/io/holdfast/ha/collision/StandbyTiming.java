package io.holdfast.ha.collision;

import java.time.Duration;

/**
 * The times of a client that stands by for its name.
 *
 * @param releaseJitter the most it waits after it saw the name released; default 1 s
 * @param holderReturn how long the holder may take to come back first, after we were blind ourselves; default 30 s
 * @param firstProbe until the first logon that only tries, while it cannot see the holder, and always with the policy back-off; each
 *     of them evicts the holder once; default 60 s, doubled each time
 * @param maxProbe the longest time between these; default 30 min
 * @param probeSpread the part by which these times are spread to both sides, 0 to 0.5; default 0.25
 * @param wonAfter how long a session lasts at least before a name counts as won; default 60 s
 * @param wonFactor or so many times the longest session of the loop, if that is longer; default 3
 * @param takeOverInterval the least time between two calls of {@code takeOver()}; default 10 s
 */
public record StandbyTiming(
        Duration releaseJitter,
        Duration holderReturn,
        Duration firstProbe,
        Duration maxProbe,
        double probeSpread,
        Duration wonAfter,
        int wonFactor,
        Duration takeOverInterval) {

    /** The defaults named above. */
    public static final StandbyTiming DEFAULTS = new StandbyTiming(
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(30),
            0.25,
            Duration.ofSeconds(60),
            3,
            Duration.ofSeconds(10));

    /** Validates. */
    public StandbyTiming {
        Ranges.positive("releaseJitter", releaseJitter);
        Ranges.positive("holderReturn", holderReturn);
        Ranges.positive("firstProbe", firstProbe);
        Ranges.positive("maxProbe", maxProbe);
        Ranges.positive("wonAfter", wonAfter);
        Ranges.positive("takeOverInterval", takeOverInterval);
        if (maxProbe.compareTo(firstProbe) < 0) {
            throw new IllegalArgumentException("maxProbe is at least firstProbe, " + firstProbe + ", not " + maxProbe);
        }
        if (!(probeSpread >= 0 && probeSpread <= 0.5)) {
            throw new IllegalArgumentException("probeSpread is 0..0.5, not " + probeSpread);
        }
        if (wonFactor < 1 || wonFactor > 100) {
            throw new IllegalArgumentException("wonFactor is 1..100, not " + wonFactor);
        }
    }
}
