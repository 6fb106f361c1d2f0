package io.holdfast.samples.doctor.diagnose;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What else made a name lose its connection again and again: that which explains most of the ends. */
final class OtherCauses {

    private static final Map<Explanation, Cause> CAUSES = new EnumMap<>(Map.ofEntries(
            Map.entry(Explanation.NAME_TAKEN, Cause.UNEXPLAINED),
            Map.entry(Explanation.OWN_GHOST, Cause.NETWORK),
            Map.entry(Explanation.BARE_CLOSE, Cause.UNEXPLAINED),
            Map.entry(Explanation.BROKER_AWAY, Cause.BROKER_RESTART),
            Map.entry(Explanation.NO_WAY, Cause.NETWORK),
            Map.entry(Explanation.SHARED_FALL, Cause.NETWORK),
            Map.entry(Explanation.BROKER_CLOSED, Cause.BROKER_RESTART),
            Map.entry(Explanation.HEARTBEAT, Cause.HEARTBEAT),
            Map.entry(Explanation.SLOW, Cause.SLOW_CLIENT),
            Map.entry(Explanation.OTHER, Cause.UNEXPLAINED)));

    /**
     * What was found.
     *
     * @param cause the cause of most ends
     * @param certainty how sure
     * @param why in a clause
     * @param ends those that it explains
     */
    record Found(Cause cause, Certainty certainty, String why, List<SessionEnd> ends) {}

    private OtherCauses() {}

    /** The cause of most of these; empty if they are too few, or too far apart, to be told. */
    static Optional<Found> of(List<SessionEnd> ends) {
        List<SessionEnd> faults =
                ends.stream().filter(end -> CAUSES.containsKey(end.why())).toList();
        Penalty penalty = new Penalty();
        faults.forEach(end -> penalty.add(end.at(), end.life()));
        if (!penalty.isSeries()) {
            return Optional.empty();
        }
        Map<Explanation, Long> counts = new EnumMap<>(Explanation.class);
        faults.forEach(end -> counts.merge(end.why(), 1L, Long::sum));
        Explanation most = counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        Cause cause = CAUSES.getOrDefault(most, Cause.UNEXPLAINED);
        List<SessionEnd> explained =
                faults.stream().filter(end -> CAUSES.get(end.why()) == cause).toList();
        String share = explained.size() + " of " + faults.size() + " times ";
        return Optional.of(new Found(cause, certainty(most), share + words(most), explained));
    }

    private static Certainty certainty(Explanation why) {
        return switch (why) {
            case HEARTBEAT, SLOW, BROKER_CLOSED -> Certainty.PROVED;
            case BROKER_AWAY, NO_WAY, OWN_GHOST -> Certainty.LIKELY;
            default -> Certainty.POSSIBLE;
        };
    }

    private static String words(Explanation why) {
        return switch (why) {
            case NAME_TAKEN -> "the broker gave the name to another logon, too seldom for a fight";
            case OWN_GHOST -> "the same process replaced a connection of its own that had died unnoticed";
            case BROKER_AWAY -> "connects were refused afterwards: nobody listened";
            case NO_WAY -> "connects got no answer afterwards";
            case SHARED_FALL -> "clients of other names lost their connection in the same moment";
            case BROKER_CLOSED -> "the broker said that it was closing";
            case HEARTBEAT -> "a side was silent for too long";
            case SLOW -> "the broker cut a client that did not take its messages";
            case OTHER -> "the broker ended the session for a reason that is not the name's";
            case BARE_CLOSE -> "the peer closed without a reason that a log tells";
            case DROPPED, OWN -> "the program or its network ended the connection";
        };
    }
}
