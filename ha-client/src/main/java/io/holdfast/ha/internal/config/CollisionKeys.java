package io.holdfast.ha.internal.config;

import static io.holdfast.ha.internal.config.DurationText.between;
import static io.holdfast.ha.internal.config.ValueType.count;
import static io.holdfast.ha.internal.config.ValueType.decimal;
import static io.holdfast.ha.internal.config.ValueType.oneOf;

import io.holdfast.ha.collision.CollisionPolicy;
import io.holdfast.ha.collision.CollisionWatch;
import io.holdfast.ha.collision.Preference;
import io.holdfast.ha.collision.PublishInStandby;
import java.util.List;

/**
 * The part of {@link KeyTable} that becomes {@link io.holdfast.ha.collision.CollisionOptions}: what a client does about a
 * collision of its name, and the numbers by which it finds one. Each has its default; {@link CollisionGroup} binds them.
 */
final class CollisionKeys {

    static final Key FAST_COUNTS_UNDER = key(
            "fast.counts-under",
            between("1ms", "1d"),
            "30s",
            "Only sessions shorter than this add to the fast penalty; not above `collision.slow.counts-under`.",
            "1m");
    static final Key FAST_SUSPECT_AT = key(
            "fast.suspect-at",
            decimal("2.01", "1000"),
            "2.5",
            "The level of the fast penalty at which a collision is suspected, and the name yielded to a rival "
                    + "that cannot be read. An eviction adds 1; two alone prove nothing.",
            "3");
    static final Key FAST_SENIOR_YIELDS_AT = key(
            "fast.senior-yields-at",
            decimal("2.01", "1000"),
            "4.5",
            "The level of the fast penalty at which one yields that has held the name for `collision.seniority`; "
                    + "not below `collision.fast.suspect-at`.",
            "6");
    static final Key SLOW_COUNTS_UNDER = key(
            "slow.counts-under",
            between("1ms", "1d"),
            "10m",
            "Only sessions shorter than this add to the slow penalty.",
            "20m");
    static final Key SLOW_SUSPECT_AT = key(
            "slow.suspect-at",
            decimal("2.01", "1000"),
            "5",
            "The level of the slow penalty at which a collision is suspected, and the name yielded to a rival "
                    + "that cannot be read. An eviction adds 1; two alone prove nothing.",
            "6.5");
    static final Key SLOW_SENIOR_YIELDS_AT = key(
            "slow.senior-yields-at",
            decimal("2.01", "1000"),
            "7",
            "The level of the slow penalty at which one yields that has held the name for `collision.seniority`; "
                    + "not below `collision.slow.suspect-at`.",
            "10");
    static final Key STANDBY_FIRST_PROBE = key(
            "standby.first-probe",
            between("1ms", "1d"),
            "60s",
            "How long until the first logon that only tries, where the holder of the name cannot be seen, and"
                    + " always with the policy back-off; it evicts the holder. Doubled each time.",
            "5m");
    static final Key STANDBY_MAX_PROBE = key(
            "standby.max-probe",
            between("1ms", "1d"),
            "30m",
            "The longest time between these; not below `collision.standby.first-probe`.",
            "2h");

    /** All of them. */
    static final List<Key> ALL = List.of(
            key(
                    "policy",
                    oneOf(CollisionPolicy.class),
                    "standby",
                    "What a client does that has lost its name to another program: wait until the name is free and take "
                            + "it back, try a logon now and then (which evicts the holder), fail, go on under another name (only"
                            + " without a publish store; else it stands by), or ask the application.",
                    "fail"),
            key(
                    "watch",
                    oneOf(CollisionWatch.class),
                    "on-suspicion",
                    "When the broker's status events are watched, over a connection of its own: once a collision is "
                            + "suspected, or always. Always also finds a second program that evicts nobody, at the price of an "
                            + "event for every client that comes or goes.",
                    "always"),
            key(
                    "publish-in-standby",
                    oneOf(PublishInStandby.class),
                    "reject",
                    "What becomes of a publish while the client stands by, or tries a logon out of its standby:"
                            + " refused with an exception, or stored until the name is its own again.",
                    "store"),
            key(
                    "prefer",
                    oneOf(Preference.class),
                    "senior",
                    "Who of two programs that can read each other keeps the name: the one that has had it longer, or the "
                            + "one that took it last. `newest` holds only if both want it.",
                    "newest"),
            key(
                    "callback-timeout",
                    between("1ms", "1d"),
                    "5s",
                    "How long the application may take to decide, with `collision.policy=callback`; then the client "
                            + "stands by, or stays connected at a silent collision.",
                    "30s"),
            key(
                    "repeat-after",
                    between("1ms", "1d"),
                    "10m",
                    "The least time between two log lines of a collision that say the same.",
                    "1h"),
            key(
                    "fast.half-life",
                    between("1ms", "1d"),
                    "2m",
                    "After how long half of the fast penalty is forgotten; it finds rivals that come back within seconds.",
                    "5m"),
            FAST_COUNTS_UNDER,
            FAST_SUSPECT_AT,
            FAST_SENIOR_YIELDS_AT,
            key(
                    "slow.half-life",
                    between("1ms", "1d"),
                    "30m",
                    "After how long half of the slow penalty is forgotten; it finds rivals that come back after minutes.",
                    "2h"),
            SLOW_COUNTS_UNDER,
            SLOW_SUSPECT_AT,
            SLOW_SENIOR_YIELDS_AT,
            key(
                    "seniority",
                    between("1ms", "1d"),
                    "10m",
                    "How long a name must have been held for the higher thresholds.",
                    "1h"),
            key(
                    "coincidence",
                    between("1ms", "1d"),
                    "1s",
                    "Within which time two connections fall together, and how long a verdict waits for the broker's word.",
                    "3s"),
            key(
                    "winner-bears",
                    count(0, 1000),
                    "3",
                    "How many evictions after the verdict a client that is to keep the name bears, before it yields to a "
                            + "rival that never does.",
                    "10"),
            key(
                    "standby.release-jitter",
                    between("1ms", "1d"),
                    "1s",
                    "The most that a client in standby waits after it saw the name released.",
                    "5s"),
            key(
                    "standby.holder-return",
                    between("1ms", "1d"),
                    "30s",
                    "How long the holder of the name may take to come back first, after the client in standby had lost "
                            + "sight of the broker too.",
                    "2m"),
            STANDBY_FIRST_PROBE,
            STANDBY_MAX_PROBE,
            key(
                    "standby.probe-spread",
                    decimal("0", "0.5"),
                    "0.25",
                    "The part by which these times are spread to both sides.",
                    "0.4"),
            key(
                    "standby.won-after",
                    between("1ms", "1d"),
                    "60s",
                    "How long a session lasts at least before the name counts as won back.",
                    "5m"),
            key(
                    "standby.won-factor",
                    count(1, 100),
                    "3",
                    "Or so many times the longest session of the series of evictions, if that is longer.",
                    "5"),
            key(
                    "take-over-interval",
                    between("1ms", "1d"),
                    "10s",
                    "The least time between two calls of `takeOver()`.",
                    "1m"));

    private CollisionKeys() {}

    private static Key key(String name, ValueType<?> type, String defaultText, String meaning, String example) {
        return new Key("collision." + name, type, defaultText, "", meaning, example);
    }
}
