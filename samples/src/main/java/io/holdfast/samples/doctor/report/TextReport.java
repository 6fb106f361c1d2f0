package io.holdfast.samples.doctor.report;

import io.holdfast.client.error.Untrusted;
import io.holdfast.samples.doctor.admin.Holding;
import io.holdfast.samples.doctor.admin.Holdings;
import io.holdfast.samples.doctor.diagnose.Cause;
import io.holdfast.samples.doctor.diagnose.Finding;
import io.holdfast.samples.doctor.diagnose.Participant;
import io.holdfast.samples.doctor.read.FileSummary;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Findings as lines for a person at a terminal. */
public final class TextReport implements Report {

    private static final int MOST_PARTICIPANTS = 12;

    private final PrintStream out;

    /** A report on {@code out}. */
    public TextReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public void logs(List<FileSummary> files, List<Finding> findings, List<String> gaps) {
        for (FileSummary each : files) {
            out.println("read " + Untrusted.escape(each.file()) + ": " + each.lines() + " lines, " + each.events()
                    + " of them about clients' connections"
                    + (each.first() == null ? "" : ", from " + each.first() + " to " + each.last())
                    + (each.problem() == null ? "" : "; NOT READ TO ITS END: " + Untrusted.escape(each.problem())));
            each.notes().forEach(note -> out.println("  note: " + note));
        }
        gaps.forEach(gap -> out.println("note: " + gap));
        out.println();
        if (findings.isEmpty()) {
            out.println("No collision, and no other series of lost connections.");
        } else if (findings.stream().noneMatch(Finding::isCollision)) {
            out.println("No collision.");
        }
        findings.forEach(this::finding);
    }

    private void finding(Finding finding) {
        out.println();
        out.println(finding.cause().text().toUpperCase(Locale.ROOT) + " ("
                + finding.certainty().word() + ")  client name " + Untrusted.escape(finding.name()));
        OptionalDouble rate = finding.perMinute();
        out.println("  how often  " + howOften(finding)
                + (rate.isPresent() ? String.format(Locale.ROOT, ", %.1f a minute", rate.getAsDouble()) : ""));
        out.println("  when       " + finding.first() + " to " + finding.last() + active(finding));
        finding.participants().stream().limit(MOST_PARTICIPANTS).forEach(each -> participant(each, finding.cause()));
        if (finding.participants().size() > MOST_PARTICIPANTS) {
            out.println("             and " + (finding.participants().size() - MOST_PARTICIPANTS) + " more");
        }
        list("why", finding.why());
        list("remedy", finding.remedy());
    }

    private static String howOften(Finding finding) {
        return switch (finding.cause()) {
            case SILENT_COLLISION -> "nobody was evicted";
            case NAME_COLLISION -> finding.losses() + " evictions";
            default -> finding.losses() + " lost connections";
        };
    }

    private static String active(Finding finding) {
        Duration whole = Duration.between(finding.first(), finding.last());
        return finding.active().compareTo(whole) < 0
                ? ", in all for " + finding.active().toSeconds() + " s"
                : "";
    }

    private void participant(Participant each, Cause cause) {
        String log = each.log() == null ? "" : ", log " + Untrusted.escape(each.log());
        out.println("  who        " + each.party().describe() + log
                + (cause == Cause.SILENT_COLLISION ? "" : ", lost the name " + each.lost() + " times"));
    }

    private void list(String heading, List<String> lines) {
        String before = heading;
        for (String each : lines) {
            out.println("  " + before + " ".repeat(11 - before.length()) + each);
            before = "";
        }
    }

    @Override
    public void holders(Holdings holdings) {
        out.println("client name " + Untrusted.escape(holdings.name()));
        for (Holding each : holdings.holdings()) {
            out.println("  held on " + Untrusted.escape(each.instance()) + " since "
                    + Untrusted.escape(each.since()) + " "
                    + each.party().describe() + " connection=" + Untrusted.escape(each.connection())
                    + (each.user() == null ? "" : " user=" + Untrusted.escape(each.user())));
        }
        holdings.failures()
                .forEach((instance, reason) ->
                        out.println("  NOT ASKED " + Untrusted.escape(instance) + ": " + Untrusted.escape(reason)));
        out.println();
        if (holdings.holdings().isEmpty()) {
            out.println("Nobody holds it" + (holdings.failures().isEmpty() ? "." : " where the admin port answered."));
        } else if (!holdings.isSilentCollision()) {
            out.println("One connection holds it"
                    + (holdings.failures().isEmpty() ? "." : " where the admin port answered."));
        } else {
            out.println(
                    "SILENT COLLISION: " + holdings.holdings().size() + " connections hold the name at the same time"
                            + (holdings.isOneProcess() ? ", all of one process." : "."));
            Cause.SILENT_COLLISION.remedy().forEach(out::println);
        }
    }
}
