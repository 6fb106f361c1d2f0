package io.holdfast.client.connect;

import java.net.URI;

/**
 * One broker address:
 * {@code tcp://[user[:password]@]host:port/[path/]amps[/message_type][?option=value&...]}, {@code tcps} for TLS.
 *
 * <p>Host names are kept as names and resolved anew at each connect. {@code toString} masks the password.
 *
 * @param tls whether the scheme is {@code tcps}
 * @param host a host name, or an address; IPv6 without brackets
 * @param port 1 to 65535
 * @param credentials what the URI said about user and password
 * @param path the path up to and with the protocol, for example {@code /amps}
 * @param messageType the type of all payloads, {@code json} unless the URI says otherwise
 * @param socketOptions the options after the question mark
 */
public record Endpoint(
        boolean tls,
        String host,
        int port,
        Credentials credentials,
        String path,
        String messageType,
        SocketOptions socketOptions) {

    /**
     * Reads an endpoint from its URI.
     *
     * @throws IllegalArgumentException naming the part that is wrong and what it may be; never with the password in it.
     *     An unknown option is an error, and so, for now, are {@code compression} and {@code http_preflight}
     */
    public static Endpoint parse(String uri) {
        return EndpointParser.parse(uri);
    }

    /** {@link #parse(String)} for a {@link URI}. */
    public static Endpoint of(URI uri) {
        return parse(uri.toString());
    }

    /** Scheme, host and port: enough for a log line. */
    public String address() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return (tls ? "tcps://" : "tcp://") + name + ":" + port;
    }

    @Override
    public String toString() {
        String user = credentials.user() == null
                ? ""
                : credentials.user() + (credentials.password() == null ? "@" : ":****@");
        String at = address();
        int authority = at.indexOf("//") + 2;
        return at.substring(0, authority) + user + at.substring(authority) + path + "/" + messageType;
    }
}
