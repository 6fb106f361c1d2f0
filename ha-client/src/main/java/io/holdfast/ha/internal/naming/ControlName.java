package io.holdfast.ha.internal.naming;

import io.holdfast.client.connect.LogonRequest;
import io.holdfast.ha.identity.IdentityStamp;

/** The names that are made from a client's name: unique by the nonce, and cut to fit. */
final class ControlName {

    /** Between a client's name and its nonce, in the name of its controls. */
    static final String INFIX = "~diag-";

    private ControlName() {}

    /**
     * The name of a client's control connections to one server.
     *
     * @param server its place in the client's list: where two entries lead to one broker, two controls must not evict each other
     */
    static String of(String clientName, IdentityStamp stamp, int server) {
        return with(clientName, INFIX + stamp.nonce() + (server == 0 ? "" : "-" + server));
    }

    /** The name a client goes on under. */
    static String renamed(String clientName, IdentityStamp stamp, int number) {
        String suffix = "~" + stamp.nonce().substring(0, 8);
        String base = clientName;
        int made = clientName.lastIndexOf(suffix);
        if (made > 0) {
            base = clientName.substring(0, made);
        }
        return with(base, number == 1 ? suffix : suffix + "-" + number);
    }

    private static String with(String name, String suffix) {
        int most = LogonRequest.MAX_NAME_LENGTH - suffix.length();
        return (name.length() <= most ? name : name.substring(0, most)) + suffix;
    }
}
