package io.holdfast.samples.doctor.diagnose;

import io.holdfast.samples.doctor.evidence.EventKind;
import io.holdfast.samples.doctor.evidence.Party;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the brokers' logs say of one name: they know why a session ended, and often who took part. */
final class BrokerView {

    private final List<SessionEnd> ends = new ArrayList<>();
    private final List<SessionEnd> evictions = new ArrayList<>();
    private final Map<String, Participant> parties = new LinkedHashMap<>();
    private final List<Instant> refusals = new ArrayList<>();
    private boolean series;
    private boolean alternates;

    /** Adds what one broker told, with the ends as they were explained. */
    void add(Chain chain, List<SessionEnd> told) {
        chain.events().stream()
                .filter(event -> event.kind() == EventKind.NAME_REFUSED)
                .forEach(event -> refusals.add(event.at()));
        ends.addAll(told);
        List<SessionEnd> here =
                told.stream().filter(end -> end.why() == Explanation.NAME_TAKEN).toList();
        evictions.addAll(here);
        Penalty penalty = new Penalty();
        here.forEach(end -> penalty.add(end.at(), end.life()));
        series |= penalty.isSeries();
        alternates |= comesBack(here);
        here.forEach(this::count);
    }

    /** Whether somebody who was evicted evicted somebody else later: then both were alive all the time. */
    private static boolean comesBack(List<SessionEnd> evictions) {
        List<String> evicted = new ArrayList<>();
        for (SessionEnd each : evictions) {
            Optional<String> holder = each.holder().key();
            Optional<String> newcomer = each.newcomer().key();
            if (holder.isPresent() && newcomer.isPresent() && !holder.equals(newcomer)) {
                if (evicted.contains(newcomer.get())) {
                    return true;
                }
                if (evicted.size() < 64) {
                    evicted.add(holder.get());
                }
            }
        }
        return false;
    }

    private void count(SessionEnd eviction) {
        count(eviction.holder(), 1);
        count(eviction.newcomer(), 0);
    }

    private void count(Party party, long lost) {
        party.key().ifPresent(key -> {
            if (parties.containsKey(key) || parties.size() < 64) {
                parties.merge(
                        key,
                        new Participant(party, lost, null),
                        (old, more) -> new Participant(old.party(), old.lost() + lost, null));
            }
        });
    }

    /** All ends that brokers told. */
    List<SessionEnd> ends() {
        return ends;
    }

    /** Those in which another took the name. */
    List<SessionEnd> evictions() {
        return evictions;
    }

    /** Those who took part in them, as far as they told who they are. */
    List<Participant> participants() {
        return List.copyOf(parties.values());
    }

    /** When a logon was refused since another user held the name. */
    List<Instant> refusals() {
        return refusals;
    }

    boolean isSeries() {
        return series;
    }

    boolean isAlternating() {
        return alternates;
    }
}
