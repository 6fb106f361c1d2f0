package io.holdfast.client.connect;

import io.holdfast.client.connect.SocketOptions.IpPreference;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads endpoint URIs; its messages name the part that is wrong and never repeat the password. */
final class EndpointParser {

    private static final List<String> OPTIONS = List.of(
            "bind", "tcp_rcvbuf", "tcp_sndbuf", "tcp_nodelay", "ip_protocol_prefer", "http_preflight", "compression");
    private static final Set<String> PROTOCOLS = Set.of("amps", "json");
    private static final String DEFAULT_TYPE = "json";
    private static final String FORM = "tcp://[user[:password]@]host:port/amps[/message_type][?option=value&...]";

    private EndpointParser() {}

    static Endpoint parse(String text) {
        URI uri = syntax(text);
        boolean tls = tls(uri.getScheme());
        if (uri.getRawFragment() != null) {
            throw bad("no fragment ('#...') is allowed");
        }
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw bad("the host is missing or malformed");
        }
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = uri.getPort();
        if (port < 1 || port > 65_535) {
            throw bad("the port is " + (port < 0 ? "missing" : "" + port) + " and must be 1..65535");
        }
        String[] pathAndType = pathAndType(uri.getPath() == null ? "" : uri.getPath());
        return new Endpoint(
                tls,
                host,
                port,
                credentials(uri.getRawUserInfo()),
                pathAndType[0],
                pathAndType[1],
                options(uri.getRawQuery()));
    }

    private static URI syntax(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            // The JDK's message repeats the input, which may hold a password: only index and reason are passed on.
            throw bad(e.getReason() + (e.getIndex() < 0 ? "" : " at index " + e.getIndex()));
        }
    }

    private static boolean tls(@Nullable String scheme) {
        return switch (scheme == null ? "" : scheme.toLowerCase(Locale.ROOT)) {
            case "tcp" -> false;
            case "tcps" -> true;
            case "" -> throw bad("the scheme is missing and must be tcp or tcps");
            default -> throw bad("the scheme is '" + scheme + "' and must be tcp or tcps");
        };
    }

    private static Credentials credentials(@Nullable String rawUserInfo) {
        if (rawUserInfo == null) {
            return Credentials.NONE;
        }
        int colon = rawUserInfo.indexOf(':');
        if (colon < 0) {
            return new Credentials(decode(rawUserInfo), null);
        }
        return Credentials.of(decode(rawUserInfo.substring(0, colon)), decode(rawUserInfo.substring(colon + 1)));
    }

    /** The path up to the protocol, and the message type behind it. */
    private static String[] pathAndType(String path) {
        List<String> parts = List.of(path.split("/", -1));
        int last = parts.size() - 1;
        if (parts.get(last).equals("amps")) { // also behind a folder that is called json
            return new String[] {path, DEFAULT_TYPE};
        }
        if (last > 0 && PROTOCOLS.contains(parts.get(last - 1))) {
            String type = parts.get(last).isEmpty() ? DEFAULT_TYPE : parts.get(last);
            return new String[] {String.join("/", parts.subList(0, last)), type};
        }
        if (PROTOCOLS.contains(parts.get(last))) {
            return new String[] {path, DEFAULT_TYPE};
        }
        throw bad("the path '" + path + "' does not name the protocol; it must end in /amps or /amps/<message type>");
    }

    private static SocketOptions options(@Nullable String rawQuery) {
        SocketOptions options = SocketOptions.DEFAULTS;
        if (rawQuery == null || rawQuery.isEmpty()) {
            return options;
        }
        Set<String> seen = new HashSet<>();
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!seen.add(key)) {
                throw bad("the option '" + key + "' is given twice");
            }
            options = with(options, key, value);
        }
        return options;
    }

    private static SocketOptions with(SocketOptions o, String key, String value) {
        return switch (key) {
            case "bind" ->
                new SocketOptions(
                        nonEmpty(key, value), o.rawReceiveBuffer(), o.rawSendBuffer(), o.noDelay(), o.ipPreference());
            case "tcp_rcvbuf" ->
                new SocketOptions(o.bind(), bytes(key, value), o.rawSendBuffer(), o.noDelay(), o.ipPreference());
            case "tcp_sndbuf" ->
                new SocketOptions(o.bind(), o.rawReceiveBuffer(), bytes(key, value), o.noDelay(), o.ipPreference());
            case "tcp_nodelay" ->
                new SocketOptions(
                        o.bind(), o.rawReceiveBuffer(), o.rawSendBuffer(), bool(key, value), o.ipPreference());
            case "ip_protocol_prefer" ->
                new SocketOptions(
                        o.bind(), o.rawReceiveBuffer(), o.rawSendBuffer(), o.noDelay(), ipPreference(key, value));
            case "compression", "http_preflight" ->
                throw bad(
                        "the option '" + key + "' is documented for AMPS but not supported by Holdfast yet; remove it");
            default -> throw bad("unknown option '" + key + "'; known are " + String.join(", ", OPTIONS));
        };
    }

    private static String nonEmpty(String key, String value) {
        if (value.isEmpty()) {
            throw bad("the option '" + key + "' needs a value");
        }
        return value;
    }

    private static int bytes(String key, String value) {
        try {
            int bytes = Integer.parseInt(value);
            if (bytes > 0) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message
        }
        throw bad("the option '" + key + "' is a number of bytes from 1, not '" + value + "'");
    }

    private static boolean bool(String key, String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw bad("the option '" + key + "' is true or false, not '" + value + "'");
        };
    }

    private static IpPreference ipPreference(String key, String value) {
        return switch (value) {
            case "ipv4" -> IpPreference.IPV4;
            case "ipv6" -> IpPreference.IPV6;
            default -> throw bad("the option '" + key + "' is ipv4 or ipv6, not '" + value + "'");
        };
    }

    /** Percent decoding; a plus sign stays one, since this is no web form. */
    private static String decode(String raw) {
        try {
            return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad("a percent sign is not followed by two hexadecimal digits");
        }
    }

    private static IllegalArgumentException bad(String what) {
        return new IllegalArgumentException("not an endpoint: " + what + ". The form is " + FORM);
    }
}
