package io.holdfast.broker.internal.session;

import io.holdfast.broker.ClientInfo;
import io.holdfast.broker.internal.transport.Outbound;
import io.holdfast.broker.internal.wire.Header;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection: what it is, who logged on, and where its frames go. Confined to the broker's thread. */
public final class Session {

    private final String connectionName;
    private final String remoteAddress;
    private final Instant connectTime;
    private final Link link;
    private State state = State.CONNECTED;
    private Instant logonTime;
    private @Nullable LogonIdentity identity;
    private @Nullable PersistedAcks persistedAcks;
    private @Nullable HeartbeatWatch heartbeats;
    private Runnable logonTimer = () -> {};
    private final Set<PauseReason> paused = EnumSet.noneOf(PauseReason.class);

    /** A connection just accepted. */
    public Session(String connectionName, String remoteAddress, Instant connectTime, Link link) {
        this.connectionName = connectionName;
        this.remoteAddress = remoteAddress;
        this.connectTime = connectTime;
        this.logonTime = connectTime;
        this.link = link;
    }

    /** The broker's name for the connection. */
    public String connectionName() {
        return connectionName;
    }

    /** Host and port of the peer. */
    public String remoteAddress() {
        return remoteAddress;
    }

    /** The connection under it. */
    public Link link() {
        return link;
    }

    /** Where its frames go. */
    public Outbound out() {
        return link.out();
    }

    /** Sends a header without a body. */
    public void send(Header header) {
        out().send(link.encode(header));
    }

    /** The state. */
    public State state() {
        return state;
    }

    /** Moves on; an ended session stays ended. */
    public void state(State next) {
        if (state != State.ENDED) {
            state = next;
        }
    }

    /** Sets who wants to log on; names appear in log and events from here on. */
    public void identify(LogonIdentity who) {
        identity = who;
    }

    /** Who logged on, or tried to; {@code null} before. */
    public @Nullable LogonIdentity identity() {
        return identity;
    }

    /** The client name, {@code ""} before the logon. */
    public String clientName() {
        return identity == null ? "" : identity.clientName();
    }

    /** The client name, or the connection's before the logon: what the operator's log calls it. */
    public String displayName() {
        return identity == null ? connectionName : identity.clientName();
    }

    /** Sets what is made at the logon. */
    public void loggedOn(PersistedAcks acks, Instant time) {
        logonTime = time;
        persistedAcks = acks;
        logonTimer.run();
        state(State.LOGGED_ON);
    }

    /** The pending publish acks of a logged-on session. */
    public PersistedAcks persistedAcks() {
        PersistedAcks acks = persistedAcks;
        if (acks == null) {
            throw new IllegalStateException("no logon yet");
        }
        return acks;
    }

    /** Sets what stops the timer of the logon: called when the session logged on or ended. */
    public void stopAtLogon(Runnable timer) {
        logonTimer = timer;
    }

    /** Stops or resumes reading and writing (scripted misbehaviour); no silence is held against the client meanwhile. */
    public void stall(boolean on) {
        pauseReads(PauseReason.FAULT, on);
        out().stall(on);
    }

    /** Sets or takes back a reason not to read it; no silence is held against the client meanwhile. */
    public void pauseReads(PauseReason reason, boolean on) {
        boolean changed = on ? paused.add(reason) : paused.remove(reason);
        if (changed) {
            link.pauseReads(!paused.isEmpty());
        }
    }

    boolean isUnread() {
        return !paused.isEmpty();
    }

    /** Replaces the heartbeat watch. */
    public void watch(HeartbeatWatch next) {
        if (heartbeats != null) {
            heartbeats.stop();
        }
        heartbeats = next;
    }

    /** Something arrived. */
    public void heard() {
        if (heartbeats != null) {
            heartbeats.heard();
        }
    }

    /** Ends all timers; the state is final. */
    public void end() {
        state = State.ENDED;
        logonTimer.run();
        if (heartbeats != null) {
            heartbeats.stop();
        }
        if (persistedAcks != null) {
            persistedAcks.stop();
        }
    }

    /** What the admin page shows. */
    public ClientInfo info() {
        LogonIdentity who = identity;
        return new ClientInfo(
                clientName(),
                connectionName,
                remoteAddress,
                connectTime,
                logonTime,
                who == null ? null : who.correlationId(),
                who == null ? null : who.userId(),
                who == null ? null : who.authenticatedId());
    }

    @Override
    public String toString() {
        return "Session[" + connectionName + " " + state + "]";
    }

    /** Where a session is in its life. */
    public enum State {
        /** Accepted; only a logon is welcome. */
        CONNECTED,
        /** Its password is being checked; it is not read meanwhile. */
        AUTHENTICATING,
        /** It holds its name; commands are welcome. */
        LOGGED_ON,
        /** Over; whatever still arrives is ignored. */
        ENDED
    }
}
