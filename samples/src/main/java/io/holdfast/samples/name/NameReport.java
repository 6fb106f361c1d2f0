package io.holdfast.samples.name;

import io.holdfast.client.error.IdentityInUseException.Holder;
import io.holdfast.client.error.Untrusted;
import io.holdfast.ha.identity.NameSource;
import io.holdfast.ha.identity.NameSurvey;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A survey as text: two lines for the name, then a table of the folders, its columns as wide as what is in them. */
final class NameReport {

    private static final List<String> HEADINGS = List.of("SLOT", "NAME", "FOLDER", "STATE");

    private final NameSurvey survey;

    NameReport(NameSurvey survey) {
        this.survey = survey;
    }

    void print(PrintStream out) {
        out.println("name    " + survey.name().map(Untrusted::escape).orElse("-"));
        out.println("source  " + survey.source().property() + " (" + meaning(survey.source()) + ")");
        if (!survey.folders().isEmpty()) {
            out.println();
            table().forEach(out::println);
        }
    }

    /** Why there is no name to be had. */
    String refusal() {
        return survey.folders().stream()
                .filter(entry -> !entry.isHeld() || survey.source() != NameSource.SLOT)
                .findFirst()
                .map(entry -> "there is no name to be had: folder "
                        + Untrusted.escape(entry.folder().toString()) + " is " + state(entry))
                .orElse("there is no name to be had");
    }

    private List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        int slot = 0;
        for (NameSurvey.Entry entry : survey.folders()) {
            rows.add(List.of(
                    survey.source() == NameSource.SLOT ? Integer.toString(slot) : "-",
                    entry.name() == null ? "-" : Untrusted.escape(entry.name()),
                    Untrusted.escape(entry.folder().toString()),
                    state(entry)));
            slot++;
        }
        return rows.stream().map(row -> line(row, rows)).toList();
    }

    private static String line(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size() - 1; column++) {
            int at = column;
            int width =
                    rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(width - cell.length() + 2));
        }
        return line.append(row.get(row.size() - 1)).toString();
    }

    private static String state(NameSurvey.Entry entry) {
        Holder holder = entry.holder();
        if (holder != null) {
            return "held by host=" + Untrusted.escape(holder.host()) + " pid=" + holder.pid() + " since="
                    + holder.since();
        }
        return entry.problem() == null ? "free" : "not usable: " + entry.problem();
    }

    private static String meaning(NameSource source) {
        return switch (source) {
            case EXPLICIT -> "the whole name is given";
            case INSTANCE -> "the application and the instance";
            case KUBERNETES -> "the application and the pod's name";
            case SLOT -> "the lowest free slot of the application";
            case EPHEMERAL -> "made for one process, kept nowhere";
        };
    }
}
