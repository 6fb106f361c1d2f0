package io.holdfast.ha.collision;

import java.time.Duration;

/**
 * The numbers by which a collision is suspected and a name is yielded. An ended session adds its weight to two penalties
 * that fade: the fast one finds quick loops, the slow one rivals that come back after minutes.
 *
 * @param fast the penalty for quick loops; default half life 120 s, counts sessions under 30 s, suspects at 2.5, a senior
 *     yields at 4.5
 * @param slow the penalty for slow loops; default half life 30 min, counts sessions under 10 min, suspects at 5, a senior
 *     yields at 7
 * @param seniority how long a name must have been held for the higher thresholds; default 10 min
 * @param coincidence within which two connections fall together, and how long a verdict waits for the broker's word;
 *     default 1 s
 * @param winnerBears how many evictions after its verdict a client that is to keep the name bears before it yields to a
 *     rival that never does; default 3
 */
public record Detection(Horizon fast, Horizon slow, Duration seniority, Duration coincidence, int winnerBears) {

    /** The defaults named above. */
    public static final Detection DEFAULTS = new Detection(
            new Horizon(Duration.ofSeconds(120), Duration.ofSeconds(30), 2.5, 4.5),
            new Horizon(Duration.ofMinutes(30), Duration.ofMinutes(10), 5, 7),
            Duration.ofMinutes(10),
            Duration.ofSeconds(1),
            3);

    /** Validates. */
    public Detection {
        Ranges.positive("seniority", seniority);
        Ranges.positive("coincidence", coincidence);
        if (winnerBears < 0 || winnerBears > 1000) {
            throw new IllegalArgumentException("winnerBears is 0..1000, not " + winnerBears);
        }
        if (fast.countsUnder().compareTo(slow.countsUnder()) > 0) {
            throw new IllegalArgumentException("the fast penalty counts sessions up to " + fast.countsUnder()
                    + ", which is longer than the slow one's " + slow.countsUnder());
        }
    }

    /**
     * One penalty.
     *
     * @param halfLife after which half of it is forgotten
     * @param countsUnder only sessions shorter than this count
     * @param suspectAt the level of suspicion, at which a client yields to a rival that cannot be read
     * @param seniorYieldsAt the level at which one yields that has held the name for long
     */
    public record Horizon(Duration halfLife, Duration countsUnder, double suspectAt, double seniorYieldsAt) {

        /** Validates. */
        public Horizon {
            Ranges.positive("halfLife", halfLife);
            Ranges.positive("countsUnder", countsUnder);
            // At 2 or less a pair of evictions would be enough, which proves nothing.
            if (!(suspectAt > 2 && suspectAt <= 1000)) {
                throw new IllegalArgumentException("suspectAt is above 2 and up to 1000, not " + suspectAt);
            }
            if (!(seniorYieldsAt >= suspectAt && seniorYieldsAt <= 1000)) {
                throw new IllegalArgumentException(
                        "seniorYieldsAt is from suspectAt (" + suspectAt + ") to 1000, not " + seniorYieldsAt);
            }
        }
    }
}
