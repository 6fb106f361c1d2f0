package io.holdfast.client.connect;

/**
 * Why a connection ended.
 *
 * <p>A broker that evicts a client tells it nothing: an eviction, a restart and a slow-client cut all arrive as
 * {@link #PEER_CLOSED} or {@link #PEER_RESET}, and which of the two depends on what was in flight, not on the reason.
 */
public enum DisconnectCause {
    /** {@link Connection#close} was called, or the connector was closed. */
    CLOSED_BY_APPLICATION(DisconnectSource.APPLICATION),
    /**
     * The peer closed the socket in order (FIN); if it did so within a frame, with a
     * {@link io.holdfast.client.error.ProtocolException} of kind {@code TRUNCATED_FRAME} as the error.
     */
    PEER_CLOSED(DisconnectSource.PEER),
    /** The socket failed: reset by the peer, broken pipe, no route. */
    PEER_RESET(DisconnectSource.PEER),
    /**
     * The peer closed or reset the connection, and nothing had left this side for more than two heartbeat intervals
     * shortly before: a peer that we asked for heartbeats gives up who is silent for so long. This process stood still,
     * for a garbage collection or because it was suspended, or the connection's thread was held up. It says nothing
     * about a rival. Told only with heartbeats on, and only as far as the process's clock went on meanwhile.
     */
    OWN_SILENCE(DisconnectSource.CLIENT),
    /** Nothing came for two heartbeat intervals. */
    HEARTBEAT_TIMEOUT(DisconnectSource.CLIENT),
    /** The peer sent something that breaks the protocol. */
    PROTOCOL_ERROR(DisconnectSource.CLIENT),
    /** A sink threw, or another mistake of this library or its user's code on the connection's thread. */
    INTERNAL_ERROR(DisconnectSource.CLIENT);

    private final DisconnectSource source;

    DisconnectCause(DisconnectSource source) {
        this.source = source;
    }

    /** Who ended the connection when this is the cause. */
    public DisconnectSource source() {
        return source;
    }
}
