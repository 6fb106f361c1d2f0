package io.holdfast.samples.demo;

import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.DisconnectSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link NaiveClient} saw, from its own side of the socket; immutable.
 *
 * @param logons logons that succeeded
 * @param failedAttempts attempts that did not come to a logon
 * @param ends how its sessions ended, and how often; the last one, by its own {@code stop}, included
 * @param connected time between logon and end, over all sessions
 * @param longest the longest session
 * @param firstLost the first sessions that the peer ended, at most {@value #KEPT}
 */
public record NaiveReport(
        long logons,
        long failedAttempts,
        Map<DisconnectCause, Long> ends,
        Duration connected,
        Duration longest,
        List<Disconnect> firstLost) {

    /** How many lost sessions are kept one by one. */
    static final int KEPT = 32;

    /** Copies the collections. */
    public NaiveReport {
        ends = Map.copyOf(ends);
        firstLost = List.copyOf(firstLost);
    }

    /** Sessions that ended for this cause. */
    public long ended(DisconnectCause cause) {
        return ends.getOrDefault(cause, 0L);
    }

    /** Sessions that the peer ended: all that a client can know of an eviction. */
    public long endedByPeer() {
        long sum = 0;
        for (Map.Entry<DisconnectCause, Long> end : ends.entrySet()) {
            sum += end.getKey().source() == DisconnectSource.PEER ? end.getValue() : 0;
        }
        return sum;
    }

    /** Collects a report; confined to the client's thread. */
    static final class Tally {

        private final Map<DisconnectCause, Long> ends = new EnumMap<>(DisconnectCause.class);
        private final List<Disconnect> firstLost = new ArrayList<>();
        private long logons;
        private long failedAttempts;
        private Duration connected = Duration.ZERO;
        private Duration longest = Duration.ZERO;

        void loggedOn() {
            logons++;
        }

        void attemptFailed(@Nullable Throwable failure) {
            failedAttempts++;
        }

        void lost(Disconnect disconnect) {
            ends.merge(disconnect.cause(), 1L, Long::sum);
            connected = connected.plus(disconnect.lifetime());
            longest = longest.compareTo(disconnect.lifetime()) < 0 ? disconnect.lifetime() : longest;
            if (disconnect.source() == DisconnectSource.PEER && firstLost.size() < KEPT) {
                firstLost.add(disconnect);
            }
        }

        NaiveReport report() {
            return new NaiveReport(logons, failedAttempts, ends, connected, longest, firstLost);
        }
    }
}
