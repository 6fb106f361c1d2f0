package io.holdfast.samples.doctor.diagnose;

import io.holdfast.samples.doctor.evidence.Party;
import java.time.Duration;
import java.time.Instant;

/**
 * The end of one session of a name.
 *
 * @param at when
 * @param life how long it had lasted, at most: where a log does not tell the logon, since the end before
 * @param why what explains it
 * @param holder who had the name
 * @param newcomer who took it, if somebody did
 */
record SessionEnd(Instant at, Duration life, Explanation why, Party holder, Party newcomer) {

    SessionEnd explainedBy(Explanation other) {
        return new SessionEnd(at, life, other, holder, newcomer);
    }
}
