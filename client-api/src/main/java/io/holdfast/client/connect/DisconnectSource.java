package io.holdfast.client.connect;

/** Who ended a connection. */
public enum DisconnectSource {
    /** The application asked for it. */
    APPLICATION,
    /** This library did, for a cause of its own. */
    CLIENT,
    /** The peer, or the network between; a socket does not tell which. */
    PEER
}
