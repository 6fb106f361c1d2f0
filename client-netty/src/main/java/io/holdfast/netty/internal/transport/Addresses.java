package io.holdfast.netty.internal.transport;

import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.SocketOptions.IpPreference;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection leads and where it comes from, as socket addresses.
 *
 * @param remote the addresses to try, in this order
 * @param local the address to connect from, {@code null} for any
 */
record Addresses(List<InetSocketAddress> remote, @Nullable InetSocketAddress local) {

    /** Looks up both ends; may block. */
    static Addresses of(Endpoint endpoint, Lookups lookups) throws UnknownHostException {
        boolean v4First = endpoint.socketOptions().ipPreference() == IpPreference.IPV4;
        // a stable sort: within a family the resolver's order stands
        List<InetSocketAddress> remote = Arrays.stream(lookups.addresses(endpoint.host()))
                .sorted(Comparator.comparing((InetAddress address) -> address instanceof Inet4Address != v4First))
                .map(address -> new InetSocketAddress(address, endpoint.port()))
                .toList();
        String bind = endpoint.socketOptions().bind();
        return new Addresses(remote, bind == null ? null : local(bind, lookups));
    }

    private static InetSocketAddress local(String bind, Lookups lookups) throws UnknownHostException {
        int bracket = bind.indexOf(']');
        int colon = bind.indexOf(':', bracket + 1);
        boolean bareV6 = bracket < 0 && colon != bind.lastIndexOf(':');
        String host = colon < 0 || bareV6 ? bind : bind.substring(0, colon);
        int port = colon < 0 || bareV6 ? 0 : port(bind, bind.substring(colon + 1));
        String plain = bracket < 0 ? host : host.substring(1, bracket);
        return new InetSocketAddress(lookups.addresses(plain)[0], port);
    }

    private static int port(String bind, String digits) throws UnknownHostException {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message
        }
        throw new UnknownHostException("the bind address '" + bind + "' has no port of 0..65535 behind its colon");
    }
}
