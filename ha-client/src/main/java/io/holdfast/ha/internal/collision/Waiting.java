package io.holdfast.ha.internal.collision;

import io.holdfast.ha.internal.collision.CollisionEffect.Occasion;

/**
 * A client that stands by, or tries out of it.
 *
 * @param holderKnown whether we know that somebody holds the name, and would see it go
 * @param blinded whether the control was lost while standing by
 * @param logOnAt when to log on for the occasion
 * @param occasion why
 * @param probeAt when to log on without knowing
 * @param probes how many of these came to nothing
 * @param bears how many evictions a trial bears
 * @param tookOverAt when an operator's call was last obeyed
 * @param probesOnly whether the application chose not to watch
 */
record Waiting(
        boolean holderKnown,
        boolean blinded,
        long logOnAt,
        Occasion occasion,
        long probeAt,
        int probes,
        int bears,
        long tookOverAt,
        boolean probesOnly) {

    static final Waiting FRESH =
            new Waiting(false, false, Step.NEVER, Occasion.PROBE, Step.NEVER, 0, 0, Long.MIN_VALUE / 2, false);

    Waiting holder(boolean known) {
        return new Waiting(known, blinded, logOnAt, occasion, probeAt, probes, bears, tookOverAt, probesOnly);
    }

    Waiting blindfold(boolean value) {
        return new Waiting(holderKnown, value, logOnAt, occasion, probeAt, probes, bears, tookOverAt, probesOnly);
    }

    Waiting logOn(long at, Occasion why) {
        return new Waiting(holderKnown, blinded, at, why, probeAt, probes, bears, tookOverAt, probesOnly);
    }

    Waiting probe(long at, int failed) {
        return new Waiting(holderKnown, blinded, logOnAt, occasion, at, failed, bears, tookOverAt, probesOnly);
    }

    Waiting bearing(int evictions) {
        return new Waiting(holderKnown, blinded, logOnAt, occasion, probeAt, probes, evictions, tookOverAt, probesOnly);
    }

    Waiting tookOver(long at) {
        return new Waiting(holderKnown, blinded, logOnAt, occasion, probeAt, probes, bears, at, probesOnly);
    }

    Waiting probingOnly() {
        return new Waiting(false, blinded, Step.NEVER, occasion, probeAt, probes, bears, tookOverAt, true);
    }
}
