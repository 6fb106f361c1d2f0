package io.holdfast.samples.doctor.diagnose;

import io.holdfast.samples.doctor.diagnose.NameCase.Told;
import io.holdfast.samples.doctor.evidence.EventKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a {@link CaseFile}: what became of each name. Pure: the same events give the same findings. */
public final class Diagnosis {

    /** So many logs without a name are compared with each other; each with each takes time. */
    private static final int MOST_NAMELESS = 32;

    private Diagnosis() {}

    /** The findings, collisions first, then by their losses. */
    public static List<Finding> of(CaseFile caseFile) {
        Map<String, List<Chain>> byName = chains(caseFile.tracks());
        SharedFalls ofBrokers = new SharedFalls();
        SharedFalls ofClients = new SharedFalls();
        Map<String, List<Told>> told = new LinkedHashMap<>();
        byName.forEach((name, chains) -> {
            List<Told> sessions = new ArrayList<>();
            for (Chain each : chains) {
                List<SessionEnd> ends = Sessions.ends(each);
                (each.byBroker() ? ofBrokers : ofClients).add(name, each.files(), ends);
                sessions.add(new Told(each, ends));
            }
            told.put(name, sessions);
        });
        List<Finding> findings = new ArrayList<>();
        told.forEach((name, sessions) -> {
            List<Told> marked = sessions.stream()
                    .map(each -> new Told(
                            each.chain(),
                            (each.chain().byBroker() ? ofBrokers : ofClients)
                                    .mark(name, each.chain().files(), each.ends())))
                    .toList();
            new NameCase(name, marked).conclude().ifPresent(findings::add);
        });
        findings.sort(Comparator.comparing(Finding::cause)
                .thenComparing(Comparator.comparingLong(Finding::losses).reversed())
                .thenComparing(Finding::name));
        return findings;
    }

    /** The chains of each name; logs that name nobody are joined to whomever they take turns with. */
    private static Map<String, List<Chain>> chains(Collection<Track> tracks) {
        Map<String, List<Track>> named = new LinkedHashMap<>();
        List<Chain> nameless = new ArrayList<>();
        for (Track each : tracks) {
            String name = each.name();
            if (name == null) {
                nameless.addAll(Chain.of(List.of(each)));
            } else {
                named.computeIfAbsent(name, any -> new ArrayList<>()).add(each);
            }
        }
        Map<String, List<Chain>> chains = new LinkedHashMap<>();
        named.forEach((name, list) -> chains.put(name, Chain.of(list)));
        int compared = 0;
        for (Chain each : nameless) {
            Optional<String> partner = compared++ < MOST_NAMELESS ? partner(each, chains) : Optional.empty();
            chains.computeIfAbsent(partner.orElse("(" + each.files().get(0) + ")"), any -> new ArrayList<>())
                    .add(each);
        }
        return chains;
    }

    private static Optional<String> partner(Chain nameless, Map<String, List<Chain>> chains) {
        for (Map.Entry<String, List<Chain>> each : chains.entrySet()) {
            for (Chain other : each.getValue().stream().limit(MOST_NAMELESS).toList()) {
                boolean turns = other.byBroker()
                        ? isTold(nameless, other)
                        : Interleaving.of(side(nameless), side(other)).isPresent();
                if (turns) {
                    return Optional.of(each.getKey());
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the broker tells of the evictions that this client saw as closes. */
    private static boolean isTold(Chain client, Chain broker) {
        return Interleaving.isPartOf(client.times(EventKind.CLOSED_BY_PEER), broker.times(EventKind.EVICTED));
    }

    private static Interleaving.Side side(Chain chain) {
        return new Interleaving.Side(chain.times(EventKind.CLOSED_BY_PEER), chain.times(EventKind.LOGON));
    }
}
