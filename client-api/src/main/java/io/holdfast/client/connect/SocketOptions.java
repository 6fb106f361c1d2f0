package io.holdfast.client.connect;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The socket options that an endpoint's URI may carry.
 *
 * @param bind the local address and port to connect from, {@code host}, {@code host:port} or {@code [v6]:port}; port 0 or none for any
 * @param rawReceiveBuffer {@code tcp_rcvbuf} in bytes, or -1 for the system's
 * @param rawSendBuffer {@code tcp_sndbuf} in bytes, or -1 for the system's
 * @param noDelay {@code tcp_nodelay}; ours is on by default, since a publish that waits for Nagle waits for nothing
 * @param ipPreference {@code ip_protocol_prefer}: which family to try first
 */
public record SocketOptions(
        @Nullable String bind, int rawReceiveBuffer, int rawSendBuffer, boolean noDelay, IpPreference ipPreference) {

    /** No bind, the system's buffers, no delay, IPv4 first (the documented default of AMPS clients). */
    public static final SocketOptions DEFAULTS = new SocketOptions(null, -1, -1, true, IpPreference.IPV4);

    /** Which address family to try first when a name has both. */
    public enum IpPreference {
        /** IPv4 addresses first. */
        IPV4,
        /** IPv6 addresses first. */
        IPV6
    }

    /** The receive buffer in bytes, if set. */
    public OptionalInt receiveBuffer() {
        return rawReceiveBuffer < 0 ? OptionalInt.empty() : OptionalInt.of(rawReceiveBuffer);
    }

    /** The send buffer in bytes, if set. */
    public OptionalInt sendBuffer() {
        return rawSendBuffer < 0 ? OptionalInt.empty() : OptionalInt.of(rawSendBuffer);
    }
}
