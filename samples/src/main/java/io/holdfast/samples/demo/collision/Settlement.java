package io.holdfast.samples.demo.collision;

import io.holdfast.samples.demo.collision.Sighting.What;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * That one copy keeps the name and the other stands by, as the broker and the copy that stands by say; immutable.
 *
 * @param holder who keeps the name
 * @param begin the first logon
 * @param bothIn the first logon of the copy that came second
 * @param lastEviction the end of the fight; {@link #bothIn} if there was none
 * @param evictions how often each copy was evicted
 */
record Settlement(Copy holder, Instant begin, Instant bothIn, Instant lastEviction, Map<Copy, Long> evictions) {

    Settlement {
        evictions = Map.copyOf(evictions);
    }

    /** What these sightings amount to; empty as long as it is not settled. */
    static Optional<Settlement> of(List<Sighting> seen) {
        for (Copy holder : Copy.values()) {
            if (open(seen, holder) == 1 && open(seen, holder.other()) == 0 && standsBy(seen, holder.other())) {
                return Optional.of(settled(seen, holder));
            }
        }
        return Optional.empty();
    }

    /** The copy that does not have the name. */
    Copy standby() {
        return holder.other();
    }

    /** Evictions of both. */
    long allEvictions() {
        return evictions(Copy.A) + evictions(Copy.B);
    }

    /** Evictions of one. */
    long evictions(Copy copy) {
        return evictions.getOrDefault(copy, 0L);
    }

    /** How long they fought: from the moment in which both were there to the last eviction. */
    Duration fought() {
        return Duration.between(bothIn, lastEviction);
    }

    private static Settlement settled(List<Sighting> seen, Copy holder) {
        Instant first = first(seen, Copy.A);
        Instant second = first(seen, Copy.B);
        Instant bothIn = first.isAfter(second) ? first : second;
        Instant last = bothIn;
        Map<Copy, Long> evictions = new HashMap<>();
        for (Sighting each : seen) {
            if (each.what() == What.EVICTED) {
                evictions.merge(each.copy(), 1L, Long::sum);
                last = each.at().isAfter(last) ? each.at() : last;
            }
        }
        return new Settlement(holder, first.isBefore(second) ? first : second, bothIn, last, evictions);
    }

    private static Instant first(List<Sighting> seen, Copy copy) {
        return seen.stream()
                .filter(each -> each.copy() == copy && each.what() == What.LOGGED_ON)
                .map(Sighting::at)
                .findFirst()
                .orElse(Instant.MAX);
    }

    /** Connections of this copy that the broker has not told the end of. */
    private static long open(List<Sighting> seen, Copy copy) {
        long logons = count(seen, copy, What.LOGGED_ON);
        return logons - count(seen, copy, What.EVICTED) - count(seen, copy, What.ENDED);
    }

    private static long count(List<Sighting> seen, Copy copy, What what) {
        return seen.stream()
                .filter(each -> each.copy() == copy && each.what() == what)
                .count();
    }

    private static boolean standsBy(List<Sighting> seen, Copy copy) {
        Optional<Instant> since = latest(seen, copy, What.STANDS_BY);
        Optional<Instant> logon = latest(seen, copy, What.LOGGED_ON);
        return since.isPresent() && logon.isPresent() && since.get().isAfter(logon.get());
    }

    private static Optional<Instant> latest(List<Sighting> seen, Copy copy, What what) {
        return seen.stream()
                .filter(each -> each.copy() == copy && each.what() == what)
                .map(Sighting::at)
                .reduce((earlier, later) -> later);
    }
}
