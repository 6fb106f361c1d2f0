package io.holdfast.samples.demo;

import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.samples.demo.EvictionLedger.Eviction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Lays out a fight as lines of plain text, at most 100 columns wide: a timeline, and what each side counted. */
final class FightPage {

    /** Evictions shown one by one. */
    private static final int SHOWN = 10;

    private final NameFight.Result fight;
    private final long bucketNanos;
    private final Map<String, NaiveReport> sides;

    FightPage(NameFight.Result fight, long bucketNanos) {
        this.fight = fight;
        this.bucketNanos = bucketNanos;
        this.sides = Map.of(NameFight.COPY_A, fight.a(), NameFight.COPY_B, fight.b());
    }

    /** The whole page. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        timeline(lines);
        buckets(lines);
        lines.add("");
        table(lines);
        if (isSeenLessOften(NameFight.COPY_A) || isSeenLessOften(NameFight.COPY_B)) {
            lines.add("(a copy that was evicted in the moment it was stopped took the close for its own)");
        }
        if (!fight.complete()) {
            lines.add("(the broker's events did not come to an end in time: its counts may be too low)");
        }
        return lines;
    }

    private void timeline(List<String> lines) {
        lines.add(format("%-10s %-36s %s", "time", "the broker, by its events", "the loser, by its socket"));
        List<Eviction> evictions = fight.ledger().first();
        for (Eviction eviction : evictions.subList(0, Math.min(SHOWN, evictions.size()))) {
            lines.add(format(
                    "%-10s %-36s %s",
                    format("%.3f s", eviction.atNanos() / 1e9),
                    letter(eviction.winner()) + " logs on and evicts " + letter(eviction.loser()),
                    letter(eviction.loser()) + ": " + seen(eviction)));
        }
        if (evictions.isEmpty()) {
            lines.add("(no eviction happened)");
        }
    }

    /** The loser's sessions end in the order of its evictions, so the nth eviction is its nth lost session. */
    private String seen(Eviction eviction) {
        NaiveReport side = sides.get(eviction.loser());
        if (side == null || side.firstLost().size() < eviction.ordinal()) {
            return "(not seen)";
        }
        Disconnect lost = side.firstLost().get((int) eviction.ordinal() - 1);
        return format("%s, %s after its logon", words(lost.cause()), millis(lost.lifetime()));
    }

    private void buckets(List<String> lines) {
        List<Map<String, Long>> spans = fight.ledger().buckets();
        long all = 0;
        if (!spans.isEmpty()) {
            lines.add("and so on:");
        }
        for (int i = 0; i < spans.size(); i++) {
            long a = spans.get(i).getOrDefault(NameFight.COPY_A, 0L);
            long b = spans.get(i).getOrDefault(NameFight.COPY_B, 0L);
            all += a + b;
            lines.add(format(
                    "%-10s %,d evictions, %,d in all: A lost the name %,d times, B %,d times",
                    format("to %.1f s", (i + 1) * bucketNanos / 1e9), a + b, all, a, b));
        }
    }

    private void table(List<String> lines) {
        row(lines, "", side -> side.equals(NameFight.COPY_A) ? "copy A" : "copy B");
        count(lines, "logged on, by the broker's events", fight.ledger()::logons);
        count(lines, "evicted, by the broker's events", fight.ledger()::evictions);
        count(lines, "logged on, as it counted itself", side -> report(side).logons());
        count(lines, "closed by the peer, as it saw it", side -> report(side).endedByPeer());
        count(lines, "  as an orderly close", side -> report(side).ended(DisconnectCause.PEER_CLOSED));
        count(lines, "  as a reset", side -> report(side).ended(DisconnectCause.PEER_RESET));
        count(lines, "attempts that failed", side -> report(side).failedAttempts());
        row(lines, "connected, mean of a session", side -> millis(mean(report(side))));
        row(lines, "connected, longest session", side -> millis(report(side).longest()));
        row(lines, "connected, share of the time", side -> format("%.1f %%", 100 * share(report(side))));
    }

    /** The part of the fight during which this side was connected. */
    private double share(NaiveReport side) {
        return side.connected().toNanos() / (double) Math.max(1, fight.elapsed().toNanos());
    }

    private boolean isSeenLessOften(String side) {
        return report(side).endedByPeer() < fight.ledger().evictions(side);
    }

    private NaiveReport report(String side) {
        return side.equals(NameFight.COPY_A) ? fight.a() : fight.b();
    }

    private static Duration mean(NaiveReport side) {
        return side.connected().dividedBy(Math.max(1, side.logons()));
    }

    private static void count(List<String> lines, String what, Function<String, Long> number) {
        row(lines, what, side -> format("%,d", number.apply(side)));
    }

    private static void row(List<String> lines, String what, Function<String, String> cell) {
        lines.add(format("%-36s %12s %12s", what, cell.apply(NameFight.COPY_A), cell.apply(NameFight.COPY_B)));
    }

    private static String letter(String token) {
        return switch (token) {
            case NameFight.COPY_A -> "A";
            case NameFight.COPY_B -> "B";
            default -> "another client";
        };
    }

    private static String words(DisconnectCause cause) {
        return switch (cause) {
            case PEER_CLOSED -> "closed by the peer";
            case PEER_RESET -> "reset by the peer";
            case OWN_SILENCE -> "closed for our own silence";
            default -> cause.toString();
        };
    }

    private static String millis(Duration duration) {
        return format("%,.1f ms", duration.toNanos() / 1e6);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
