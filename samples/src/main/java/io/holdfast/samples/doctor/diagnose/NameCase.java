package io.holdfast.samples.doctor.diagnose;

import io.holdfast.client.error.Untrusted;
import io.holdfast.samples.doctor.evidence.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that is known of one name, and what follows from it: first whether it is a collision, then what else it may be. */
final class NameCase {

    private static final Duration PAUSE = Duration.ofMinutes(30);

    private final String name;
    private final Set<String> files = new LinkedHashSet<>();
    private final BrokerView broker = new BrokerView();
    private final ClientView client = new ClientView();

    /** A case over these ends, by chain. */
    NameCase(String name, List<Told> told) {
        this.name = name;
        for (Told each : told) {
            files.addAll(each.chain().files());
            if (each.chain().byBroker()) {
                broker.add(each.chain(), each.ends());
            } else {
                client.add(each.chain(), each.ends());
            }
        }
    }

    /** What one writer told, and its ends as they were explained. */
    record Told(Chain chain, List<SessionEnd> ends) {}

    /** The finding; empty if the name lost its connection seldom, or never. */
    Optional<Finding> conclude() {
        CollisionTest test = new CollisionTest(broker, client);
        return test.certainty().isPresent()
                ? Optional.of(collision(test.cause(), test.certainty().get(), test.why()))
                : other();
    }

    private Finding collision(Cause cause, Certainty certainty, List<String> why) {
        List<SessionEnd> losses = losses(cause);
        List<Instant> times =
                new ArrayList<>(losses.stream().map(SessionEnd::at).toList());
        if (times.isEmpty()) {
            times.addAll(client.verdictTimes());
        }
        if (times.isEmpty()) {
            times.addAll(everyTime());
        }
        long told =
                client.verdicts().stream().mapToLong(Verdict::evictions).max().orElse(0);
        List<Participant> participants = new ArrayList<>(broker.participants());
        participants.addAll(client.participants());
        return finding(cause, certainty, Math.max(losses.size(), told), times, participants, why, advised(cause));
    }

    private List<SessionEnd> losses(Cause cause) {
        if (cause == Cause.SILENT_COLLISION) {
            return List.of(); // what ended meanwhile ended for other reasons
        }
        return broker.evictions().isEmpty() ? client.bareCloses() : broker.evictions();
    }

    private Optional<Finding> other() {
        // The broker knows better than its clients, where its log tells as much as theirs.
        boolean askBroker = 2 * broker.ends().size() >= client.ends().size()
                && !broker.ends().isEmpty();
        Optional<OtherCauses.Found> found = OtherCauses.of(askBroker ? broker.ends() : client.ends());
        if (askBroker && found.isEmpty()) {
            found = OtherCauses.of(client.ends());
        }
        return found.map(each -> finding(
                each.cause(),
                each.certainty(),
                each.ends().size(),
                each.ends().stream().map(SessionEnd::at).toList(),
                client.participants(),
                List.of(each.why()),
                each.cause().remedy()));
    }

    private Finding finding(
            Cause cause,
            Certainty certainty,
            long losses,
            List<Instant> times,
            List<Participant> participants,
            List<String> why,
            List<String> remedy) {
        List<Instant> sorted = times.stream().sorted(Comparator.naturalOrder()).toList();
        Instant first = sorted.get(0);
        Instant last = sorted.get(sorted.size() - 1);
        return new Finding(
                name,
                cause,
                certainty,
                losses,
                first,
                last,
                active(sorted),
                participants,
                why,
                remedy,
                List.copyOf(files));
    }

    private List<String> advised(Cause cause) {
        List<String> remedy = new ArrayList<>();
        for (Verdict each : client.rivals()) {
            if (each.fix() != null && remedy.isEmpty()) {
                remedy.add("The client advises: " + Untrusted.escape(each.fix()));
            }
        }
        remedy.addAll(cause.remedy());
        return remedy;
    }

    private List<Instant> everyTime() {
        List<Instant> times = new ArrayList<>(broker.refusals());
        times.addAll(client.refusals());
        return times;
    }

    private static Duration active(List<Instant> sorted) {
        Duration sum = Duration.ZERO;
        for (int i = 1; i < sorted.size(); i++) {
            Duration gap = Duration.between(sorted.get(i - 1), sorted.get(i));
            sum = gap.compareTo(PAUSE) <= 0 ? sum.plus(gap) : sum;
        }
        return sum;
    }
}
