package io.holdfast.samples.hold;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.client.Client;
import io.holdfast.client.ClientState;
import io.holdfast.client.StateChange;
import io.holdfast.client.publish.PublishStoreStatus;
import io.holdfast.client.spi.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is known about the client into lines, all with the same fields: counts are totals since the start. Thread-safe.
 *
 * <p>A line of traffic is written only for a second in which a count has changed.
 */
final class Ledger {

    private final Clock clock;
    private final Consumer<ObjectNode> lines;
    private final Arrivals arrivals;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong persisted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    private @Nullable StateChange last;
    private @Nullable Counts told;

    /** The counts that make a second worth a line. */
    private record Counts(Arrivals.Counts arrivals, long published, long persisted, long refused, int pending) {}

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

    synchronized void transition(Client client, StateChange change) {
        last = change;
        ObjectNode line = line("transition", change.to(), client);
        line.put("from", change.from().name());
        line.put("at", change.at().toString());
        lines.accept(line);
    }

    /** To be called each second. */
    synchronized void second(Client client) {
        Counts now = counts(client.publishing());
        if (!now.equals(told)) {
            told = now;
            lines.accept(line("traffic", client.state(), client));
        }
    }

    /** The last line. */
    synchronized void summary(Client client, Duration elapsed) {
        ObjectNode line = line("summary", client.state(), client);
        line.put("seconds", elapsed.toMillis() / 1e3);
        lines.accept(line);
    }

    private Counts counts(PublishStoreStatus store) {
        return new Counts(arrivals.counts(), published.get(), persisted.get(), refused.get(), store.stored());
    }

    private ObjectNode line(String event, ClientState state, Client client) {
        StateChange change = last;
        PublishStoreStatus store = client.publishing();
        Arrivals.Counts counts = arrivals.counts();
        ObjectNode line = JsonLines.object();
        line.put("at", clock.instant().toString());
        line.put("event", event);
        line.put("state", state.name());
        line.put("name", client.name());
        line.put("endpoint", change == null || change.endpoint() == null ? null : address(change));
        line.put("cause", change == null ? null : cause(change));
        line.put("attempt", change == null ? 0 : change.attempt());
        line.put("delay_ms", change == null ? 0 : change.delay().toMillis());
        line.put("pending", store.stored());
        line.put("in_doubt", store.inDoubt());
        line.put("published", published.get());
        line.put("persisted", persisted.get());
        line.put("refused", refused.get());
        line.put("received", counts.received());
        line.put("duplicates", counts.duplicates());
        line.put("gaps", counts.gaps());
        line.put("restarts", counts.restarts());
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
