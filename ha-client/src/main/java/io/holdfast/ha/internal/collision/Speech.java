package io.holdfast.ha.internal.collision;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was said lately, so that nothing is repeated too often: the same line at most once in a time, then with the
 * number of those left out. Immutable.
 */
record Speech(Map<String, Said> said) {

    private static final int MAX_SUBJECTS = 32;

    static final Speech SILENT = new Speech(Map.of());

    Speech {
        said = Map.copyOf(said);
    }

    /** Whether it may be said now. */
    boolean mayRepeat(String subject, long now, long after) {
        Said last = said.get(subject);
        return last == null || now - last.at >= after;
    }

    /** How many were left out since it was said. */
    int leftOut(String subject) {
        Said last = said.get(subject);
        return last == null ? 0 : last.leftOut;
    }

    Speech saying(String subject, long now) {
        return with(subject, new Said(now, 0));
    }

    Speech leavingOut(String subject) {
        Said last = said.getOrDefault(subject, new Said(0, 0));
        return with(subject, new Said(last.at, last.leftOut + 1));
    }

    private Speech with(String subject, Said now) {
        Map<String, Said> next = new LinkedHashMap<>(said);
        next.put(subject, now);
        if (next.size() > MAX_SUBJECTS) {
            next.entrySet().stream()
                    .min((a, b) -> Long.compare(a.getValue().at, b.getValue().at))
                    .ifPresent(oldest -> next.remove(oldest.getKey()));
        }
        return new Speech(next);
    }

    record Said(long at, int leftOut) {}
}
