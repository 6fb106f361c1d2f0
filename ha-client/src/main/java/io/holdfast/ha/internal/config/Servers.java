package io.holdfast.ha.internal.config;

import static java.util.stream.Collectors.joining;

import io.holdfast.client.connect.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The list of brokers.
 *
 * <p>A URI may hold a password, and a password that was not percent-encoded may turn up in any part of what a parser makes of
 * it. So a list is shown with everything between a scheme and the last {@code @} masked, and each URI is checked with a
 * stand-in for it before it is read itself.
 *
 * @param endpoints at least one, in the order of the list
 */
public record Servers(List<Endpoint> endpoints) {

    static final ValueType<Servers> TYPE = new ValueType<>(
            Servers.class,
            "list of URIs",
            "tcp://[user[:password]@]host:port/amps[/type][?option=value&...], or tcps; separated by commas",
            Servers::parse);

    /** A comma separates only before the next scheme: passwords and options may hold one. */
    private static final Pattern SEPARATOR = Pattern.compile(",\\s*(?=[A-Za-z][A-Za-z0-9+.-]*://)");

    /** All up to the last {@code @}; only {@code ://} makes what stands before it a scheme and not a user. */
    private static final Pattern USER_INFO = Pattern.compile("(?s)^([A-Za-z][A-Za-z0-9+.-]*://)?.*@");

    private static final int MAX_SERVERS = 64;

    /** Copies the list. */
    public Servers {
        endpoints = List.copyOf(endpoints);
    }

    static Servers parse(String text) {
        String[] uris = SEPARATOR.split(text, -1);
        if (uris.length > MAX_SERVERS) {
            throw new IllegalArgumentException("names " + uris.length + " servers; the most is " + MAX_SERVERS);
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < uris.length; i++) {
            String where = uris.length == 1 ? "" : "server " + (i + 1) + " of " + uris.length + " ";
            endpoints.add(parse(uris[i].strip(), where));
        }
        return new Servers(endpoints);
    }

    private static Endpoint parse(String uri, String where) {
        try {
            Endpoint.parse(replaceUserInfo(uri, "user"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + "is " + e.getMessage(), e);
        }
        Endpoint endpoint;
        try {
            endpoint = Endpoint.parse(uri);
        } catch (IllegalArgumentException e) {
            throw malformedUserInfo(where);
        }
        if (endpoint.path().contains("@")) { // a '/' in the password ended the authority before it was complete
            throw malformedUserInfo(where);
        }
        return endpoint;
    }

    private static IllegalArgumentException malformedUserInfo(String where) {
        return new IllegalArgumentException(
                where
                        + "has a user or password with a character that must be percent-encoded, such as '/' as %2F, '@' as %40");
    }

    /** The text with users and passwords masked. */
    static String mask(String text) {
        return SEPARATOR
                .splitAsStream(text)
                .map(uri -> replaceUserInfo(uri, "****"))
                .collect(joining(", "));
    }

    private static String replaceUserInfo(String uri, String user) {
        return USER_INFO
                .matcher(uri)
                .replaceFirst(match -> (match.group(1) == null ? "" : match.group(1)) + user + "@");
    }
}
