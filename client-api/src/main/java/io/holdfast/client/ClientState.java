package io.holdfast.client;

/**
 * The states of a client.
 *
 * <pre>
 * IDLE --connect--&gt; CONNECTING --logged on--&gt; RESUMING --resumed--&gt; PROBATION --stable for 60 s--&gt; STABLE
 *
 * CONNECTING | RESUMING | PROBATION | STABLE --failed or lost--&gt; BACKOFF --delay over, or reconnectNow--&gt; CONNECTING
 * the same --gave up--&gt; FAILED                                       ({@link Reconnect#maxAttempts(int)}, {@link Reconnect#maxOutage})
 * CONNECTING | RESUMING | PROBATION | STABLE | BACKOFF --another program has the name--&gt; STANDBY --the name is free--&gt; CONNECTING
 * any --a collision of names with the policy fail, or a mistake of ours--&gt; FAILED
 * any --close--&gt; CLOSED
 *
 * with {@link Reconnect#never()}:
 * CONNECTING | RESUMING --failed--&gt; IDLE                 (the caller of connect is told, and may try again)
 * RESUMING | PROBATION | STABLE --connection lost--&gt; CLOSED
 * </pre>
 *
 * <p>Logging on proves little: a name that two programs fight over logs on at once, every time. So a new session is on
 * probation first, and only one that outlives it makes the client forget its failures.
 */
public enum ClientState {
    /** Built, not connected; it waits for connect. */
    IDLE,
    /** An attempt is under way, bounded by {@link Timeouts#connect()} from the look-up of the host to the logon's answer. */
    CONNECTING,
    /**
     * Logged on under its name, and busy taking up where the last session ended: what is stored is being published, and
     * subscriptions are being entered again. Calls of the application are not let through yet.
     */
    RESUMING,
    /** Connected: commands are sent, messages are delivered. A loss now counts as one more failure in a row. */
    PROBATION,
    /** Connected, and for longer than {@link Reconnect#stableAfter()}: failures before it are forgotten. */
    STABLE,
    /** Not connected; the next attempt follows after a delay that grows with each failure in a row. */
    BACKOFF,
    /**
     * Not connected and not trying, since another program has the name; left when the name is free, now and then to try whether it
     * is where the client cannot see that, or by {@link Client#takeOver}. A try that fails leads back here.
     */
    STANDBY,
    /**
     * Gave up: as {@link Reconnect} allows it to, by a collision of names with the policy {@code fail}, or for a failure of its own;
     * HF-2204 says which. Left by close alone. After a collision the program must not be started again before it has a name of its own.
     */
    FAILED,
    /** Ended, by the application, or by a lost connection with {@link Reconnect#never()}; never left again. */
    CLOSED;

    /** Whether commands are sent and messages delivered: on probation, or stable. */
    public boolean isConnected() {
        return this == PROBATION || this == STABLE;
    }

    /** Whether there will be no further connection: failed, or closed. */
    public boolean isTerminal() {
        return this == FAILED || this == CLOSED;
    }
}
