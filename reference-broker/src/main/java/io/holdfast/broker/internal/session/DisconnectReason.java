package io.holdfast.broker.internal.session;

/** Why a connection ended, in the words of log and events. The first six are the vendor's (protocol text 3), the others ours. */
public enum DisconnectReason {
    /** The peer closed, or the socket failed. */
    CONNECTION_CLOSED("connection closed"),
    /** Evicted by a logon under its name, or refused because another user holds the name. */
    NAME_IN_USE("name in use"),
    /** Silent for two heartbeat intervals. */
    HEARTBEAT("heartbeat"),
    /** Did not take its messages. */
    SLOW_CLIENT("slow client"),
    /** A command that does not exist, or that is not a client's to send. */
    UNKNOWN_COMMAND("unknown command"),
    /** Wrong user or password. */
    AUTH("auth"),
    /** A logon that cannot be accepted, or a first command that is none. */
    LOGON_REFUSED("logon refused"),
    /** Broke the protocol. */
    PROTOCOL_ERROR("protocol error"),
    /** Did not log on in time. */
    LOGON_TIMEOUT("logon timeout"),
    /** One too many. */
    TOO_MANY_CONNECTIONS("too many connections"),
    /** Cut by a test. */
    SCRIPTED("scripted fault"),
    /** The transaction log did not take what it published. */
    LOG_UNAVAILABLE("transaction log unavailable"),
    /** A mistake in the broker. */
    INTERNAL_ERROR("internal error"),
    /** The broker is closing. */
    BROKER_CLOSED("broker closed");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    /** The words. */
    public String text() {
        return text;
    }
}
