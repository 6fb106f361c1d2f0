package io.holdfast.client.connect;

/** Who ended a connection. */
public enum DisconnectSource {
    /** The application asked for it. */
    APPLICATION,
    /** This side: the library ended it for a cause of its own, or this process gave the peer cause to. */
    CLIENT,
    /** The peer, or the network between; a socket does not tell which. */
    PEER
}
