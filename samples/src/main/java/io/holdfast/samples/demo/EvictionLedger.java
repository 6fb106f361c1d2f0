package io.holdfast.samples.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Works out from the broker's events who evicted whom. Pure; times come in as arguments. Thread-safe.
 *
 * <p>Each disconnect with the reason {@code name in use} is an eviction, and the evictor is the connection that logged on
 * under the name next after the evicted one. Whether the broker tells the rival's logon before or after the disconnect is
 * not documented: both orders are understood.
 */
final class EvictionLedger {

    /** How many evictions are kept one by one. */
    static final int KEPT = 32;

    /**
     * One eviction.
     *
     * @param atNanos when the later of the two events came, after the start
     * @param loser the correlation id of the evicted client
     * @param winner the correlation id of the client that took the name
     * @param ordinal which eviction of this loser it is, from 1
     */
    record Eviction(long atNanos, String loser, String winner, long ordinal) {}

    private record Holder(String connection, String label) {}

    private final String name;
    private final String lastName;
    private final long bucketNanos;
    private final Map<String, Long> logons = new HashMap<>();
    private final Map<String, Long> evictions = new HashMap<>();
    private final List<Map<String, Long>> buckets = new ArrayList<>();
    private final List<Eviction> first = new ArrayList<>();
    /** By connection, who logged on next after it; only connections that are not yet told as disconnected. */
    private final Map<String, String> successors = new HashMap<>();

    private @Nullable Holder latest;
    private boolean latestIsEvicted;
    private long open;
    private boolean allLoggedOn;

    /**
     * A ledger.
     *
     * @param name the name fought for
     * @param lastName a name whose logon tells that no further one under {@code name} will come
     * @param bucketNanos the spans in which evictions are counted
     */
    EvictionLedger(String name, String lastName, long bucketNanos) {
        this.name = name;
        this.lastName = lastName;
        this.bucketNanos = bucketNanos;
    }

    /** Takes one event into account. */
    synchronized void on(StatusEvent event, long atNanos) {
        if (event.clientName().equals(lastName)) {
            allLoggedOn = true;
        }
        if (event.clientName().equals(name)) {
            onFighter(event, atNanos);
        }
        notifyAll();
    }

    private void onFighter(StatusEvent event, long atNanos) {
        switch (event.event()) {
            case "logon" -> loggedOn(new Holder(event.connectionName(), event.correlationId()), atNanos);
            case "disconnect" -> disconnected(event, atNanos);
            default -> {
                // subscriptions and the like: nobody's eviction
            }
        }
    }

    private void loggedOn(Holder holder, long atNanos) {
        open++;
        logons.merge(holder.label(), 1L, Long::sum);
        Holder before = latest;
        latest = holder;
        if (before == null) {
            return;
        }
        if (latestIsEvicted) {
            latestIsEvicted = false;
            record(before.label(), holder.label(), atNanos);
        } else {
            successors.put(before.connection(), holder.label());
        }
    }

    private void disconnected(StatusEvent event, long atNanos) {
        open--;
        String winner = successors.remove(event.connectionName());
        if (latest != null && latest.connection().equals(event.connectionName())) {
            if (event.reason().equals(StatusEvent.NAME_IN_USE)) {
                latestIsEvicted = true; // by a logon that is still to be told
            } else {
                latest = null; // it left: whoever comes next evicts nobody
            }
        } else if (event.reason().equals(StatusEvent.NAME_IN_USE)) {
            record(event.correlationId(), winner == null ? "?" : winner, atNanos);
        }
    }

    private void record(String loser, String winner, long atNanos) {
        long ordinal = evictions.merge(loser, 1L, Long::sum);
        if (first.size() < KEPT) {
            first.add(new Eviction(atNanos, loser, winner, ordinal));
        }
        int bucket = (int) Math.max(0, atNanos / bucketNanos);
        while (buckets.size() <= bucket) {
            buckets.add(new HashMap<>());
        }
        buckets.get(bucket).merge(loser, 1L, Long::sum);
    }

    /**
     * Waits until the last name has been told, and the end of every connection under the name. (That nobody is connected
     * would not be enough: so it is again and again during a fight.)
     *
     * @return whether that was so before {@code System.nanoTime()} reached the deadline
     */
    synchronized boolean awaitEnd(long deadlineNanos) throws InterruptedException {
        while (open != 0 || !allLoggedOn) {
            long millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /** Logons of the client with this correlation id. */
    synchronized long logons(String label) {
        return logons.getOrDefault(label, 0L);
    }

    /** Evictions of the client with this correlation id. */
    synchronized long evictions(String label) {
        return evictions.getOrDefault(label, 0L);
    }

    /** The first evictions, in order. */
    synchronized List<Eviction> first() {
        return List.copyOf(first);
    }

    /** Evictions in each span of time, by loser. */
    synchronized List<Map<String, Long>> buckets() {
        return buckets.stream().map(Map::copyOf).toList();
    }
}
