package io.holdfast.ha.internal.collision.sim;

import static io.holdfast.ha.internal.collision.sim.SimWorld.MILLI;
import static io.holdfast.ha.internal.collision.sim.SimWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Measures, prints, and keeps {@code docs/collisions-measured.md}. */
class MeasuredPageTest {

    private static final Path PAGE = Path.of("..", "docs", "collisions-measured.md");
    private static final String BEGIN = "<!-- measured: made by MeasuredPageTest, do not edit by hand -->\n";
    private static final String END = "<!-- end of measured -->\n";
    private static final long FOUR_HOURS = 4 * Scenarios.HOUR;

    @Test
    void the_page_says_what_is_measured() throws IOException {
        String table = table();
        System.out.println(table);
        String page = Files.readString(PAGE);
        String fresh =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, fresh);
            return;
        }
        assertThat(page)
                .as("docs/collisions-measured.md is stale; its command makes it anew")
                .isEqualTo(fresh);
    }

    private static String table() {
        StringBuilder out = new StringBuilder();
        out.append("\n"
                        + "| clients of one name, four hours | seeds | last eviction after, p50 | p99 | evictions,"
                        + " p50 | p99 |")
                .append(" up longest, p50 | anybody up, p50 |\n|---|---|---|---|---|---|---|---|\n");
        row(out, "two, usual: 2 s, constant", 3, true, group -> usual(group, 2, false));
        row(out, "two, usual: 0 to 200 ms, begun anew by every logon", 1, true, group -> usual(group, 2, true));
        row(out, "five, usual: 2 s, constant", 3, true, group -> usual(group, 5, false));
        row(out, "two of ours", 50, true, group -> ours(group, 2));
        row(out, "five of ours", 20, true, group -> ours(group, 5));
        row(out, "ten of ours", 10, true, group -> ours(group, 10));
        row(out, "two of ours, ClientStatus not readable", 50, false, group -> ours(group, 2));
        row(out, "five of ours, ClientStatus not readable", 20, false, group -> ours(group, 5));
        row(out, "one of ours and one usual: 2 s, constant", 50, true, group -> {
            ours(group, 1);
            usual(group, 1, false);
        });
        row(out, "the same, ClientStatus not readable", 50, false, group -> {
            ours(group, 1);
            usual(group, 1, false);
        });
        return out.append('\n').toString();
    }

    private static void ours(Group group, int count) {
        for (int i = 0; i < count; i++) {
            group.ours(group.world.between(0, 5 * SECOND));
        }
    }

    private static void usual(Group group, int count, boolean reset) {
        for (int i = 0; i < count; i++) {
            group.rival(
                    group.world.between(0, 5 * SECOND),
                    reset ? SimRival.resetOnConnect(group.world, 200 * MILLI) : SimRival.fixed(2 * SECOND));
        }
    }

    private static void row(StringBuilder out, String what, int seeds, boolean readable, Consumer<Group> setUp) {
        List<Long> last = new ArrayList<>();
        List<Long> evictions = new ArrayList<>();
        List<Long> longest = new ArrayList<>();
        List<Long> anybody = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            Group group = new Group(seed, readable);
            setUp.accept(group);
            group.world.runUntil(FOUR_HOURS);
            List<Long> all = group.broker.evictions;
            last.add(all.isEmpty() ? 0 : all.get(all.size() - 1) / MILLI);
            evictions.add((long) all.size());
            longest.add(group.upLongest());
            anybody.add(group.broker.heldFor());
        }
        out.append(String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %,d | %,d | %s | %s |%n",
                what,
                seeds,
                time(at(last, 50)),
                time(at(last, 99)),
                at(evictions, 50),
                at(evictions, 99),
                share(at(longest, 50)),
                share(at(anybody, 50))));
    }

    private static long at(List<Long> values, int percent) {
        Collections.sort(values);
        return values.get(Math.min(values.size() - 1, values.size() * percent / 100));
    }

    private static String time(long millis) {
        return millis > FOUR_HOURS / MILLI - 60_000
                ? "to the end"
                : String.format(Locale.ROOT, millis < 60_000 ? "%.1f s" : "%,.0f s", millis / 1000.0);
    }

    private static String share(long nanos) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * nanos / FOUR_HOURS);
    }
}
