package io.holdfast.samples.doctor.diagnose;

import io.holdfast.samples.doctor.evidence.EventKind;
import io.holdfast.samples.doctor.evidence.LogEvent;
import io.holdfast.samples.doctor.evidence.Party;
import io.holdfast.samples.doctor.evidence.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the clients' own logs say of one name: when they lost their connection, and at best who the rival is. */
final class ClientView {

    private record Told(Chain chain, List<SessionEnd> ends) {}

    private final List<Told> clients = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Instant> verdictTimes = new ArrayList<>();
    private final List<Instant> refusals = new ArrayList<>();
    private long suspicions;
    private boolean series;
    private boolean fastSeries;

    /** Adds what one client told, with the ends as they were explained. */
    void add(Chain chain, List<SessionEnd> told) {
        clients.add(new Told(chain, told));
        for (LogEvent each : chain.events()) {
            if (each.verdict() != null) {
                verdicts.add(each.verdict());
                verdictTimes.add(each.at());
            }
        }
        chain.events().stream()
                .filter(event -> event.kind() == EventKind.NAME_REFUSED)
                .forEach(event -> refusals.add(event.at()));
        suspicions += chain.count(EventKind.SUSPECTED);
        Penalty penalty = new Penalty();
        bare(told).forEach(end -> penalty.add(end.at(), end.life()));
        series |= penalty.isSeries();
        fastSeries |= penalty.isFastSeries();
    }

    /** Two of the clients that take turns. */
    Optional<Turns> turns() {
        for (int i = 0; i < clients.size(); i++) {
            for (int j = i + 1; j < clients.size(); j++) {
                Optional<Interleaving> found = Interleaving.of(side(clients.get(i)), side(clients.get(j)));
                if (found.isPresent()) {
                    return Optional.of(new Turns(clients.get(i).chain, clients.get(j).chain, found.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** Two logs, and how they fit. */
    record Turns(Chain first, Chain second, Interleaving fit) {}

    private static Interleaving.Side side(Told told) {
        return new Interleaving.Side(
                bare(told.ends).stream()
                        .mapToLong(end -> end.at().toEpochMilli())
                        .toArray(),
                told.chain.times(EventKind.LOGON));
    }

    private static List<SessionEnd> bare(List<SessionEnd> ends) {
        return ends.stream().filter(end -> end.why() == Explanation.BARE_CLOSE).toList();
    }

    /** All ends that clients told. */
    List<SessionEnd> ends() {
        return clients.stream().flatMap(told -> told.ends.stream()).toList();
    }

    /** Those that nothing explains. */
    List<SessionEnd> bareCloses() {
        return bare(ends());
    }

    /** What clients of ours found out. */
    List<Verdict> verdicts() {
        return verdicts;
    }

    /** When they said so. */
    List<Instant> verdictTimes() {
        return verdictTimes;
    }

    /** The verdicts that know the rival: a client may say so twice, and the name only then. If none does, all. */
    List<Verdict> rivals() {
        List<Verdict> known =
                verdicts.stream().filter(each -> each.rival().isKnown()).toList();
        return known.isEmpty() ? verdicts : known;
    }

    /** Each log with how many closes it has, then the parties of the verdicts. */
    List<Participant> participants() {
        List<Participant> found = new ArrayList<>();
        for (Told told : clients) {
            found.add(new Participant(self(told.chain), bare(told.ends).size(), String.join(", ", told.chain.files())));
        }
        for (Verdict each : rivals()) {
            if (found.stream().noneMatch(other -> isSame(other, each.rival()))) {
                found.add(new Participant(each.rival(), 0, null));
            }
        }
        return found;
    }

    private static boolean isSame(Participant one, Party other) {
        return one.party().key().equals(other.key());
    }

    private static Party self(Chain chain) {
        for (LogEvent each : chain.events()) {
            Verdict verdict = each.verdict();
            if (verdict != null) {
                return verdict.self();
            }
        }
        return Party.UNKNOWN;
    }

    /** When a logon was refused since another user held the name. */
    List<Instant> refusals() {
        return refusals;
    }

    long suspicions() {
        return suspicions;
    }

    boolean isSeries() {
        return series;
    }

    boolean isFastSeries() {
        return fastSeries;
    }
}
