package io.holdfast.ha.internal.config;

import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.ha.collision.CollisionOptions;
import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.collision.CollisionWatch;
import io.holdfast.ha.collision.Detection;
import io.holdfast.ha.collision.Preference;
import io.holdfast.ha.collision.PublishInStandby;
import io.holdfast.ha.collision.StandbyTiming;
import java.time.Duration;

/** {@code collision.*}, the part of {@link Settings} that {@link CollisionKeys} lists; a component for each key. */
public record CollisionGroup(
        InDoubtPolicy inDoubt,
        CollisionPolicy policy,
        CollisionWatch watch,
        PublishInStandby publishInStandby,
        Preference prefer,
        Duration callbackTimeout,
        Duration repeatAfter,
        HorizonGroup fast,
        HorizonGroup slow,
        Duration seniority,
        Duration coincidence,
        int winnerBears,
        StandbyGroup standby,
        Duration takeOverInterval) {

    /** What the client does about a collision of its name. The values have been checked, also against each other. */
    public CollisionOptions options() {
        return new CollisionOptions(
                policy,
                watch,
                publishInStandby,
                prefer,
                callbackTimeout,
                repeatAfter,
                new Detection(fast.horizon(), slow.horizon(), seniority, coincidence, winnerBears),
                standby.timing(takeOverInterval));
    }

    /** {@code collision.fast.*} or {@code collision.slow.*}. */
    public record HorizonGroup(Duration halfLife, Duration countsUnder, double suspectAt, double seniorYieldsAt) {

        private Detection.Horizon horizon() {
            return new Detection.Horizon(halfLife, countsUnder, suspectAt, seniorYieldsAt);
        }
    }

    /** {@code collision.standby.*}. */
    public record StandbyGroup(
            Duration releaseJitter,
            Duration holderReturn,
            Duration firstProbe,
            Duration maxProbe,
            double probeSpread,
            Duration wonAfter,
            int wonFactor) {

        private StandbyTiming timing(Duration takeOverInterval) {
            return new StandbyTiming(
                    releaseJitter,
                    holderReturn,
                    firstProbe,
                    maxProbe,
                    probeSpread,
                    wonAfter,
                    wonFactor,
                    takeOverInterval);
        }
    }
}
