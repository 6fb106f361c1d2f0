package io.holdfast.ha.collision;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a client does about a collision of its name, {@code holdfast.collision.*}; immutable.
 *
 * @param policy once the name is lost; default {@link CollisionPolicy#STANDBY}
 * @param watch when the broker's status events are watched; default {@link CollisionWatch#ON_SUSPICION}
 * @param publishInStandby what becomes of publishes meanwhile; default {@link PublishInStandby#REJECT}
 * @param prefer who keeps the name; default {@link Preference#SENIOR}
 * @param callbackTimeout how long the application may take to decide, for {@link CollisionPolicy#CALLBACK}; then the client stands by, or
 *     stays connected in a silent collision; default 5 s
 * @param repeatAfter the least time between two log lines that say the same; default 10 min
 * @param detection the numbers of the detection
 * @param standby the times of standing by
 */
public record CollisionOptions(
        CollisionPolicy policy,
        CollisionWatch watch,
        PublishInStandby publishInStandby,
        Preference prefer,
        Duration callbackTimeout,
        Duration repeatAfter,
        Detection detection,
        StandbyTiming standby) {

    /** The defaults named above. */
    public static final CollisionOptions DEFAULTS = new CollisionOptions(
            CollisionPolicy.STANDBY,
            CollisionWatch.ON_SUSPICION,
            PublishInStandby.REJECT,
            Preference.SENIOR,
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            Detection.DEFAULTS,
            StandbyTiming.DEFAULTS);

    /** Validates. */
    public CollisionOptions {
        requireNonNull(policy, "policy");
        requireNonNull(watch, "watch");
        requireNonNull(publishInStandby, "publishInStandby");
        requireNonNull(prefer, "prefer");
        requireNonNull(detection, "detection");
        requireNonNull(standby, "standby");
        Ranges.positive("callbackTimeout", callbackTimeout);
        Ranges.positive("repeatAfter", repeatAfter);
    }

    /** This with another policy. */
    public CollisionOptions withPolicy(CollisionPolicy value) {
        return new CollisionOptions(
                value, watch, publishInStandby, prefer, callbackTimeout, repeatAfter, detection, standby);
    }

    /** This with another time of watching. */
    public CollisionOptions withWatch(CollisionWatch value) {
        return new CollisionOptions(
                policy, value, publishInStandby, prefer, callbackTimeout, repeatAfter, detection, standby);
    }

    /** This with another rule for publishes while standing by. */
    public CollisionOptions withPublishInStandby(PublishInStandby value) {
        return new CollisionOptions(policy, watch, value, prefer, callbackTimeout, repeatAfter, detection, standby);
    }

    /** This with another preference. */
    public CollisionOptions withPrefer(Preference value) {
        return new CollisionOptions(
                policy, watch, publishInStandby, value, callbackTimeout, repeatAfter, detection, standby);
    }

    /** This with other numbers of detection. */
    public CollisionOptions withDetection(Detection value) {
        return new CollisionOptions(
                policy, watch, publishInStandby, prefer, callbackTimeout, repeatAfter, value, standby);
    }

    /** This with other times of standing by. */
    public CollisionOptions withStandby(StandbyTiming value) {
        return new CollisionOptions(
                policy, watch, publishInStandby, prefer, callbackTimeout, repeatAfter, detection, value);
    }
}
