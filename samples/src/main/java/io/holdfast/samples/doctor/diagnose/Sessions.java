package io.holdfast.samples.doctor.diagnose;

import io.holdfast.samples.doctor.evidence.EventKind;
import io.holdfast.samples.doctor.evidence.LogEvent;
import io.holdfast.samples.doctor.evidence.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts the events of a {@link Chain} into sessions, and gives each end what the chain itself says of its cause. */
final class Sessions {

    /** A line that tells the end of a session again, in other words, comes soon. */
    private static final Duration SAME_END = Duration.ofSeconds(2);

    private static final Duration UNKNOWN_LIFE = Duration.ofDays(1);

    private final List<LogEvent> events;
    private final boolean tellsLogons;
    private final List<SessionEnd> ends = new ArrayList<>();
    private @Nullable Instant logon;
    private @Nullable Instant lastEnd;
    private @Nullable EventKind lastKind;
    private Party holder = Party.UNKNOWN;

    private Sessions(Chain chain) {
        this.events = chain.events();
        this.tellsLogons = chain.count(EventKind.LOGON) > 0;
    }

    /** The ends of all sessions, in order. */
    static List<SessionEnd> ends(Chain chain) {
        Sessions sessions = new Sessions(chain);
        for (int i = 0; i < sessions.events.size(); i++) {
            sessions.on(i);
        }
        return sessions.ends;
    }

    private void on(int index) {
        LogEvent event = events.get(index);
        if (event.kind() == EventKind.LOGON) {
            logon = logon == null || event.byBroker() ? event.at() : logon;
            holder = event.party() == null ? Party.UNKNOWN : event.party();
        } else if (event.kind().isEnd() && !isToldAgain(event)) {
            end(index, event);
        }
    }

    private boolean isToldAgain(LogEvent event) {
        boolean bare = event.kind() == EventKind.CLOSED_BY_PEER && event.lifeMillis() < 0;
        if (!bare || logon != null || lastEnd == null) {
            return false; // a session is open, or the log begins within one
        }
        return tellsLogons
                || (lastKind != EventKind.CLOSED_BY_PEER && !event.at().isAfter(lastEnd.plus(SAME_END)));
    }

    private void end(int index, LogEvent event) {
        Party newcomer = event.kind() == EventKind.EVICTED ? newcomer(index) : Party.UNKNOWN;
        ends.add(new SessionEnd(event.at(), life(event), why(index, event, newcomer), holder, newcomer));
        logon = null;
        lastEnd = event.at();
        lastKind = event.kind();
        holder = Party.UNKNOWN;
    }

    private Duration life(LogEvent event) {
        if (event.lifeMillis() >= 0) {
            return Duration.ofMillis(event.lifeMillis());
        }
        Instant from = logon != null ? logon : lastEnd;
        return from == null ? UNKNOWN_LIFE : Duration.between(from, event.at());
    }

    /** Who logged on next: the broker tells the eviction first. */
    private Party newcomer(int index) {
        Instant latest = events.get(index).at().plus(SAME_END);
        for (int i = index + 1; i < events.size() && !events.get(i).at().isAfter(latest); i++) {
            LogEvent next = events.get(i);
            if (next.kind() == EventKind.LOGON) {
                return next.party() == null ? Party.UNKNOWN : next.party();
            }
        }
        return Party.UNKNOWN;
    }

    private Explanation why(int index, LogEvent event, Party newcomer) {
        return switch (event.kind()) {
            case EVICTED ->
                holder.nonce() != null && holder.nonce().equals(newcomer.nonce())
                        ? Explanation.OWN_GHOST
                        : Explanation.NAME_TAKEN;
            case CLOSED_BY_PEER -> whatFollowed(index);
            case HEARTBEAT -> Explanation.HEARTBEAT;
            case SLOW_CLIENT -> Explanation.SLOW;
            case BROKER_CLOSED -> Explanation.BROKER_CLOSED;
            case DROPPED -> Explanation.DROPPED;
            case ENDED_OTHERWISE -> Explanation.OTHER;
            default -> Explanation.OWN;
        };
    }

    /** After an eviction the way back is free; where it is not, the broker or the network was gone. */
    private Explanation whatFollowed(int index) {
        for (int i = index + 1; i < events.size(); i++) {
            switch (events.get(i).kind()) {
                case REFUSED -> {
                    return Explanation.BROKER_AWAY;
                }
                case UNREACHABLE -> {
                    return Explanation.NO_WAY;
                }
                case LOGON -> {
                    return Explanation.BARE_CLOSE;
                }
                default -> {
                    // told again, or not about the way back
                }
            }
        }
        return Explanation.BARE_CLOSE;
    }
}
