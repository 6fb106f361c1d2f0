package io.holdfast.samples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lays out the fight in short, as lines of plain text: how many evictions in which span. Pure. */
public final class FightSummary {

    private final NameFight.Result fight;
    private final long bucketNanos;

    /** A page about this fight, with the spans that its evictions are counted in. */
    public FightSummary(NameFight.Result fight, long bucketNanos) {
        this.fight = fight;
        this.bucketNanos = bucketNanos;
    }

    /** The whole page. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        long all = 0;
        List<Map<String, Long>> spans = fight.ledger().buckets();
        for (int i = 0; i < spans.size(); i++) {
            long evictions =
                    spans.get(i).values().stream().mapToLong(Long::longValue).sum();
            all += evictions;
            lines.add(format("to %5.1f s  %,7d evictions, %,7d in all", (i + 1) * bucketNanos / 1e9, evictions, all));
        }
        lines.add("");
        lines.add(format(
                "After %.1f s they still fight: A was evicted %,d times and connected for %.1f %% of the time,",
                fight.elapsed().toNanos() / 1e9, fight.ledger().evictions(NameFight.COPY_A), share(fight.a())));
        lines.add(format(
                "B was evicted %,d times and connected for %.1f %%.",
                fight.ledger().evictions(NameFight.COPY_B), share(fight.b())));
        if (!fight.complete()) {
            lines.add("(the broker's events did not come to an end in time: its counts may be too low)");
        }
        return lines;
    }

    private double share(NaiveReport side) {
        return 100.0 * side.connected().toNanos() / Math.max(1, fight.elapsed().toNanos());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
