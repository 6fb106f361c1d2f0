package io.holdfast.samples.doctor.diagnose;

import io.holdfast.client.error.Untrusted;
import io.holdfast.samples.doctor.evidence.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether what is known of a name is a collision, of which kind, how sure that is, and why. Used once. */
final class CollisionTest {

    private static final int MOST_RIVALS = 4;

    private final BrokerView broker;
    private final ClientView client;
    private final List<String> why = new ArrayList<>();
    private @Nullable Certainty certainty;
    private boolean fight;

    CollisionTest(BrokerView broker, ClientView client) {
        this.broker = broker;
        this.client = client;
        fromWhoKnows();
        fromSeries();
        if (certainty == null) {
            fromOneClient();
        }
        if (certainty != null && client.suspicions() > 0) {
            why.add("the client itself began to suspect a rival");
        }
    }

    /** How sure; empty if it is none. */
    Optional<Certainty> certainty() {
        return Optional.ofNullable(certainty);
    }

    /** What the two do to each other: silent is only what nothing speaks against. */
    Cause cause() {
        return fight ? Cause.NAME_COLLISION : Cause.SILENT_COLLISION;
    }

    /** The reasons. */
    List<String> why() {
        return why;
    }

    private void fromWhoKnows() {
        client.rivals().stream()
                .map(CollisionTest::words)
                .distinct()
                .limit(MOST_RIVALS)
                .forEach(each -> because(Certainty.PROVED, each));
        fight = client.verdicts().stream().anyMatch(each -> !each.silent());
        int refused = Math.max(broker.refusals().size(), client.refusals().size());
        if (refused > 0) {
            fought(Certainty.PROVED, "a logon was refused with \"name in use\", " + times(refused));
        }
        if (broker.isAlternating()) {
            fought(Certainty.PROVED, "a program that was evicted came back and evicted the other: both were alive");
        }
    }

    private void fromSeries() {
        if (broker.isSeries()) {
            fought(
                    Certainty.LIKELY,
                    "the broker gave the name to another logon, "
                            + times(broker.evictions().size()));
            if (certainty == Certainty.LIKELY) {
                why.add(
                        "the logons do not tell their programs apart (no correlation id, or one for all), so that a single"
                                + " program which replaces its own dead connections is not quite excluded");
            }
        }
        client.turns()
                .ifPresent(turns -> fought(
                        Certainty.LIKELY,
                        "two clients take turns: " + turns.fit().matched() + " of "
                                + turns.fit().ends() + " times one lost its connection as the other logged on"
                                + clocks(turns)));
    }

    private void fromOneClient() {
        int closes = client.bareCloses().size();
        boolean brokerExplains = 2 * broker.ends().size() >= closes
                && broker.evictions().isEmpty()
                && !broker.ends().isEmpty();
        if (!client.isFastSeries()
                || brokerExplains
                || 2 * closes < client.ends().size()) {
            return;
        }
        String seen = "the peer closed soon after a good logon, and the next logon succeeded, " + times(closes);
        if (broker.evictions().isEmpty()) {
            fought(Certainty.POSSIBLE, seen);
            why.add(
                    "one client's log cannot prove it: a command that the broker answers by closing, or a client that is cut as too"
                            + " slow within seconds, looks the same; the broker's log, or that of the other program, would tell");
        } else {
            fought(Certainty.LIKELY, seen);
            why.add("the broker gave the name to another logon, "
                    + times(broker.evictions().size()));
        }
    }

    private static String words(Verdict verdict) {
        return "a Holdfast client says so (proof: " + Untrusted.escape(verdict.proof()) + "): "
                + (verdict.rival().isKnown()
                        ? "its rival is " + verdict.rival().describe()
                        : "it does not know its rival")
                + (verdict.silent() ? ", and nobody was evicted" : "");
    }

    private void fought(Certainty now, String reason) {
        because(now, reason);
        fight = true;
    }

    private void because(Certainty now, String reason) {
        why.add(reason);
        certainty = certainty == null || now.compareTo(certainty) > 0 ? now : certainty;
    }

    static String times(long number) {
        return number == 1 ? "once" : number + " times";
    }

    private static String clocks(ClientView.Turns turns) {
        long offset = turns.fit().offsetMillis();
        if (Math.abs(offset) < 1_000) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                " (with the clock of %s %.1f s %s that of %s)",
                Untrusted.escape(turns.second().files().get(0)),
                Math.abs(offset) / 1e3,
                offset > 0 ? "ahead of" : "behind",
                Untrusted.escape(turns.first().files().get(0)));
    }
}
