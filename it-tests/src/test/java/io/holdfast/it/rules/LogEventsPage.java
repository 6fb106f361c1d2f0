package io.holdfast.it.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of {@code docs/log-events.md}, and how it differs from what the code logs. */
final class LogEventsPage {

    private static final Pattern SAME_FIELDS = Pattern.compile("as (HF-\\d{4})");
    private static final int CELLS = 6;

    private final Map<String, Row> rows = new TreeMap<>();

    private record Row(String level, String name, String fields) {}

    private LogEventsPage() {}

    /** Reads the page; a row that is not one of the table's, or stands there twice, is a mistake. */
    static LogEventsPage parse(String text) {
        LogEventsPage page = new LogEventsPage();
        for (String line : text.lines().filter(each -> each.startsWith("| HF-")).toList()) {
            List<String> cells = Arrays.stream(line.substring(1).split("\\|"))
                    .map(String::strip)
                    .toList();
            if (cells.size() != CELLS
                    || page.rows.put(cells.get(0), new Row(cells.get(1), cells.get(2), cells.get(4))) != null) {
                throw new IllegalArgumentException("not a row, or one too many: " + line);
            }
        }
        return page;
    }

    Set<String> codes() {
        return rows.keySet();
    }

    /** What the page says wrongly, does not say, or says of nothing; a line each. */
    List<String> differences(Collection<LogEvent> events) {
        List<String> differences = new ArrayList<>();
        Set<String> silent = new TreeSet<>(rows.keySet());
        for (LogEvent event : events) {
            silent.remove(event.code());
            Row row = rows.get(event.code());
            if (row == null) {
                differences.add(event.code() + " is not on the page; logged in " + event.where());
                continue;
            }
            compare(event, "level", row.level(), event.level(), differences);
            compare(event, "name", row.name(), event.name(), differences);
            compareFields(event, fields(row), differences);
        }
        silent.forEach(code -> differences.add(code + " is on the page, and nothing logs it"));
        return differences;
    }

    private static void compare(LogEvent event, String what, String page, String code, List<String> differences) {
        if (!page.equals(code)) {
            differences.add(event.code() + " " + what + ": the page says " + page + ", " + event.where() + " " + code);
        }
    }

    private static void compareFields(LogEvent event, List<String> page, List<String> differences) {
        List<String> own = new ArrayList<>(page);
        own.removeIf(key -> event.inserted().contains(key) && !event.fields().contains(key));
        if (!own.equals(event.fields()) || new HashSet<>(page).size() != page.size()) {
            compare(event, "fields", own.toString(), event.fields().toString(), differences);
        }
    }

    /** The keys of a row; what stands in brackets or behind a semicolon, as a stack trace does, is no key. */
    private List<String> fields(Row row) {
        Matcher same = SAME_FIELDS.matcher(row.fields());
        if (same.matches() && rows.containsKey(same.group(1))) {
            return fields(rows.get(same.group(1)));
        }
        return List.of(row.fields()
                .replaceFirst(";.*", "")
                .replaceAll(" \\([^)]*\\)", "")
                .split(", "));
    }
}
