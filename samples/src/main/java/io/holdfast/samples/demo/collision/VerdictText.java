package io.holdfast.samples.demo.collision;

import io.holdfast.samples.doctor.read.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** A verdict line of the log, with the fields that tell who, why and what now, broken into lines that fit. Pure. */
final class VerdictText {

    private static final List<String> SHOWN = List.of(
            "client_name",
            "evictions",
            "within",
            "proof",
            "rival_host",
            "rival_pid",
            "self_host",
            "self_pid",
            "action",
            "winner");

    private VerdictText() {}

    /** The line from its code on; what is left out is told by {@code ...}. */
    static List<String> shortened(String line, int width) {
        int start = line.indexOf(" client_name=");
        Fields fields = Fields.of(start < 0 ? "" : line.substring(start));
        List<String> words = new ArrayList<>(List.of((start < 0 ? line : line.substring(0, start)).split(" ")));
        for (String key : SHOWN) {
            String value = fields.get(key);
            words.add(key + "=" + (value == null ? "-" : value.indexOf(' ') < 0 ? value : '"' + value + '"'));
        }
        words.add("...");
        return wrapped(words, width);
    }

    /** What the line advises. */
    static List<String> fix(String line, int width) {
        String fix = Fields.of(line).get("fix");
        List<String> words = new ArrayList<>();
        StringTokenizer each = new StringTokenizer(fix == null ? "" : fix);
        while (each.hasMoreTokens()) {
            words.add(each.nextToken());
        }
        return wrapped(words, width);
    }

    private static List<String> wrapped(List<String> words, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            String fits = word.length() <= width ? word : word.substring(0, width - 3) + "...";
            if (!line.isEmpty() && line.length() + 1 + fits.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(fits);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }
}
