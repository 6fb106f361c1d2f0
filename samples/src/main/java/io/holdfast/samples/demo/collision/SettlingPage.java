package io.holdfast.samples.demo.collision;

import io.holdfast.samples.demo.collision.Sighting.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lays out how two copies settled, as lines of plain text. Pure. */
final class SettlingPage {

    private final Settlement settlement;
    private final List<Sighting> seen;
    private final Map<Copy, Long> pids;
    private final int width;

    /**
     * A page.
     *
     * @param seen all that was seen, in the order in which it was told
     * @param pids the process ids of both copies
     * @param width the most columns of a line
     */
    SettlingPage(Settlement settlement, List<Sighting> seen, Map<Copy, Long> pids, int width) {
        this.settlement = settlement;
        this.seen = List.copyOf(seen);
        this.pids = Map.copyOf(pids);
        this.width = width;
    }

    /** The whole page; {@code quiet} is for how long nothing happened afterwards. */
    List<String> lines(Duration quiet) {
        List<String> lines = new ArrayList<>(timeline());
        lines.add("");
        lines.add(format(
                "Settled %.1f s after both were there: %d evictions (A %d, B %d). %s (pid %d) has the name,",
                settlement.fought().toNanos() / 1e9,
                settlement.allEvictions(),
                settlement.evictions(Copy.A),
                settlement.evictions(Copy.B),
                settlement.holder(),
                pid(settlement.holder())));
        lines.add(format(
                "%s (pid %d) stands by; nobody logged on or was evicted in the %.1f s that followed.",
                settlement.standby(), pid(settlement.standby()), quiet.toNanos() / 1e9));
        for (Copy copy : Copy.values()) {
            lines.add("");
            verdict(copy)
                    .ifPresentOrElse(
                            said -> quote(lines, copy, said),
                            () -> lines.add(copy + " reached no verdict of its own: it was evicted too seldom"));
        }
        return lines;
    }

    private void quote(List<String> lines, Copy copy, String said) {
        lines.add("The verdict in " + copy + "'s log:");
        VerdictText.shortened(said, width - 2).forEach(line -> lines.add("  " + line));
    }

    private Optional<String> verdict(Copy copy) {
        return seen.stream()
                .filter(each -> each.copy() == copy && each.what() == What.VERDICT)
                .map(Sighting::text)
                .reduce((earlier, later) -> later); // one that could not name the rival yet is given again
    }

    private List<String> timeline() {
        record Row(Instant at, String text) {}
        List<Row> rows = new ArrayList<>();
        @Nullable Sighting before = null;
        for (Sighting each : seen) {
            if (each.what() == What.LOGGED_ON) {
                rows.add(new Row(each.at(), each.copy() + " logs on" + evicting(before)));
                before = each;
            } else {
                words(each).ifPresent(text -> rows.add(new Row(each.at(), text)));
            }
        }
        rows.sort(Comparator.comparing(Row::at)); // a copy's lines may be read later than the broker's events
        return rows.stream()
                .map(row -> Times.since(settlement.begin(), row.at()) + row.text())
                .toList();
    }

    private String evicting(@Nullable Sighting before) {
        if (before == null || !isEvicted(before.text())) {
            return "";
        }
        return " and evicts " + before.copy();
    }

    private boolean isEvicted(String connection) {
        return seen.stream()
                .anyMatch(each -> each.what() == What.EVICTED && each.text().equals(connection));
    }

    private long pid(Copy copy) {
        return pids.getOrDefault(copy, -1L);
    }

    private static Optional<String> words(Sighting sighting) {
        return Optional.ofNullable(
                switch (sighting.what()) {
                    case SUSPECTS -> sighting.copy() + " suspects a collision of names (HF-3002)";
                    case VERDICT -> sighting.copy() + " is sure of it (HF-3003)";
                    case YIELDS -> sighting.copy() + " gives the name up (HF-3005)";
                    case STANDS_BY -> sighting.copy() + " stands by";
                    case TAKES_OVER -> sighting.copy() + " tries again (HF-3006)";
                    case ENDED -> "the connection of " + sighting.copy() + " ends";
                    default -> null;
                });
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
