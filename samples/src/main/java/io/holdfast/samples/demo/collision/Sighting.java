package io.holdfast.samples.demo.collision;

import java.time.Instant;

/**
 * One thing that was seen to happen to a copy, by the broker's events or in the copy's own lines.
 *
 * @param at when, by the clock of this machine, which the broker and both copies run on
 * @param copy whose
 * @param what what
 * @param text the connection for {@link What#LOGGED_ON}, {@link What#EVICTED} and {@link What#ENDED}; the line for what a log
 *     said; else empty
 */
record Sighting(Instant at, Copy copy, What what, String text) {

    /** What happened. */
    enum What {
        /** The broker took its logon. */
        LOGGED_ON,
        /** The broker closed its connection, since the name was in use. */
        EVICTED,
        /** Its connection ended for another reason. */
        ENDED,
        /** It reports to be connected. */
        CONNECTED,
        /** It reports to stand by. */
        STANDS_BY,
        /** Its log says HF-3002. */
        SUSPECTS,
        /** Its log says HF-3003. */
        VERDICT,
        /** Its log says HF-3005. */
        YIELDS,
        /** Its log says HF-3006. */
        TAKES_OVER,
        /** Its process was killed. */
        KILLED;

        /** Whether the broker told it. */
        boolean isTheBrokers() {
            return this == LOGGED_ON || this == EVICTED || this == ENDED;
        }
    }
}
