package io.holdfast.samples.hold;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.client.ClientState;
import io.holdfast.client.StateChange;
import io.holdfast.client.spi.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is known about the client into lines, all with the same fields: counts are totals since the start. Thread-safe; it looks
 * at the client with its lock held, so that no line is older than the one before.
 *
 * <p>A line of traffic is written only for a second in which a count has changed; one about trouble only when that has changed.
 */
final class Ledger {

    private final Clock clock;
    private final Consumer<ObjectNode> lines;
    private final Arrivals arrivals;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong persisted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Map<Part, String> troubles = new EnumMap<>(Part.class);

    private @Nullable StateChange last;
    private Counts told = Counts.NONE;

    /** What can be in trouble while the connection is not. */
    enum Part {
        /** Messages are not taken: the store is full, or its disk is. */
        PUBLISHING,
        /** The subscription is not entered, or has ended. */
        SUBSCRIPTION
    }

    /** The counts that make a second worth a line. */
    private record Counts(
            Arrivals.Counts arrivals, long published, long persisted, long refused, int pending, int inDoubt) {

        static final Counts NONE = new Counts(new Arrivals.Counts(0, 0, 0, 0), 0, 0, 0, 0, 0);
    }

    Ledger(Clock clock, Consumer<ObjectNode> lines, Arrivals arrivals) {
        this.clock = clock;
        this.lines = lines;
        this.arrivals = arrivals;
    }

    /** A publish was taken. */
    void published() {
        published.incrementAndGet();
    }

    /** A publish was confirmed. */
    void persisted() {
        persisted.incrementAndGet();
    }

    /** A publish was not taken, or failed later. */
    void refused() {
        refused.incrementAndGet();
    }

    synchronized void transition(Supplier<Standing> client, StateChange change) {
        last = change;
        Standing now = client.get();
        ObjectNode line = line("transition", change.to(), now, counts(now));
        line.put("from", change.from().name());
        line.put("at", change.at().toString());
        lines.accept(line);
    }

    /** A part of the client is in trouble, for this reason; to be called as often as that is found. */
    synchronized void trouble(Supplier<Standing> client, Part part, Throwable reason) {
        String cause = Objects.requireNonNullElseGet(reason.getMessage(), reason::toString);
        if (!cause.equals(troubles.put(part, cause))) {
            change(client, part, cause);
        }
    }

    /** A part of the client is well; to be called as often as that is found. */
    synchronized void well(Supplier<Standing> client, Part part) {
        if (troubles.remove(part) != null) {
            change(client, part, null);
        }
    }

    private void change(Supplier<Standing> client, Part part, @Nullable String cause) {
        Standing now = client.get();
        ObjectNode line = line(part.name().toLowerCase(Locale.ROOT), now.state(), now, counts(now));
        line.put("cause", cause);
        lines.accept(line);
    }

    /** To be called each second. */
    synchronized void second(Supplier<Standing> client) {
        Standing now = client.get();
        Counts counts = counts(now);
        if (!counts.equals(told)) {
            told = counts;
            lines.accept(line("traffic", now.state(), now, counts));
        }
    }

    /** The last line. */
    synchronized void summary(Supplier<Standing> client, Duration elapsed) {
        Standing now = client.get();
        ObjectNode line = line("summary", now.state(), now, counts(now));
        line.put("seconds", elapsed.toMillis() / 1e3);
        lines.accept(line);
    }

    private Counts counts(Standing client) {
        return new Counts(
                arrivals.counts(),
                published.get(),
                persisted.get(),
                refused.get(),
                client.store().stored(),
                client.store().inDoubt());
    }

    private ObjectNode line(String event, ClientState state, Standing client, Counts counts) {
        StateChange change = last;
        ObjectNode line = JsonLines.object();
        line.put("at", clock.instant().toString());
        line.put("event", event);
        line.put("state", state.name());
        line.put("name", client.name());
        line.put("endpoint", change == null || change.endpoint() == null ? null : address(change));
        line.put("cause", change == null ? null : cause(change));
        line.put("attempt", change == null ? 0 : change.attempt());
        line.put("delay_ms", change == null ? 0 : change.delay().toMillis());
        line.put("pending", counts.pending());
        line.put("in_doubt", counts.inDoubt());
        line.put("published", counts.published());
        line.put("persisted", counts.persisted());
        line.put("refused", counts.refused());
        line.put("received", counts.arrivals().received());
        line.put("duplicates", counts.arrivals().duplicates());
        line.put("gaps", counts.arrivals().gaps());
        line.put("restarts", counts.arrivals().restarts());
        return line;
    }

    private static String address(StateChange change) {
        return Objects.requireNonNull(change.endpoint()).address();
    }

    private static @Nullable String cause(StateChange change) {
        if (change.disconnect() != null) {
            return change.disconnect().describe();
        }
        return change.failure() == null ? null : change.failure().getMessage();
    }
}
