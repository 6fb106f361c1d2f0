package io.holdfast.ha.internal.machine;

import static io.holdfast.client.ClientState.BACKOFF;
import static io.holdfast.client.ClientState.CLOSED;
import static io.holdfast.client.ClientState.CONNECTING;
import static io.holdfast.client.ClientState.FAILED;
import static io.holdfast.client.ClientState.IDLE;
import static io.holdfast.client.ClientState.PROBATION;
import static io.holdfast.client.ClientState.RESUMING;
import static io.holdfast.client.ClientState.STABLE;
import static io.holdfast.client.ClientState.STANDBY;

import io.holdfast.client.ClientState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The legal changes of state, as data. */
final class Transitions {

    private static final Map<ClientState, Set<ClientState>> LEGAL = Map.of(
            IDLE, EnumSet.of(CONNECTING, FAILED, CLOSED),
            CONNECTING, EnumSet.of(RESUMING, BACKOFF, STANDBY, IDLE, FAILED, CLOSED),
            RESUMING, EnumSet.of(PROBATION, BACKOFF, STANDBY, IDLE, FAILED, CLOSED),
            PROBATION, EnumSet.of(STABLE, BACKOFF, STANDBY, FAILED, CLOSED),
            STABLE, EnumSet.of(BACKOFF, STANDBY, FAILED, CLOSED),
            BACKOFF, EnumSet.of(CONNECTING, STANDBY, FAILED, CLOSED),
            STANDBY, EnumSet.of(CONNECTING, FAILED, CLOSED),
            FAILED, EnumSet.of(CLOSED),
            CLOSED, EnumSet.noneOf(ClientState.class));

    private Transitions() {}

    static boolean isLegal(ClientState from, ClientState to) {
        return from(from).contains(to);
    }

    /** Where it may go from there. */
    static Set<ClientState> from(ClientState state) {
        return LEGAL.getOrDefault(state, Set.of());
    }
}
