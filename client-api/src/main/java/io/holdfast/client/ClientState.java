package io.holdfast.client;

/**
 * The states of a client.
 *
 * <pre>
 * IDLE --connect--&gt; CONNECTING --logged on--&gt; CONNECTED
 * CONNECTING --failed--&gt; IDLE                      (the caller of connect is told, and may try again)
 * CONNECTED --connection lost--&gt; CLOSED            (with {@link Reconnect#never()})
 * any --close--&gt; CLOSED
 * </pre>
 */
public enum ClientState {
    /** Built, not connected: the only state in which connect may be called. */
    IDLE,
    /** An attempt is under way, bounded by {@link Timeouts#connect()}. */
    CONNECTING,
    /** Logged on under its name: commands are sent, messages are delivered. */
    CONNECTED,
    /** Ended, by the application or because the connection was lost; never left again. */
    CLOSED
}
