package io.holdfast.client;

/**
 * The options of a client, a small record for each concern.
 *
 * @param timeouts deadlines
 * @param limits bounds
 * @param heartbeat signs of life
 * @param tls security of {@code tcps} endpoints
 * @param reconnect what to do when the connection is lost, or none is to be had
 */
public record ClientOptions(Timeouts timeouts, Limits limits, Heartbeat heartbeat, Tls tls, Reconnect reconnect) {

    /** The defaults of each. */
    public static final ClientOptions DEFAULTS =
            new ClientOptions(Timeouts.DEFAULTS, Limits.DEFAULTS, Heartbeat.DEFAULT, Tls.DEFAULTS, Reconnect.always());

    /** These with other deadlines. */
    public ClientOptions with(Timeouts value) {
        return new ClientOptions(value, limits, heartbeat, tls, reconnect);
    }

    /** These with other bounds. */
    public ClientOptions with(Limits value) {
        return new ClientOptions(timeouts, value, heartbeat, tls, reconnect);
    }

    /** These with another heartbeat. */
    public ClientOptions with(Heartbeat value) {
        return new ClientOptions(timeouts, limits, value, tls, reconnect);
    }

    /** These with other TLS options. */
    public ClientOptions with(Tls value) {
        return new ClientOptions(timeouts, limits, heartbeat, value, reconnect);
    }

    /** These with another way to reconnect. */
    public ClientOptions with(Reconnect value) {
        return new ClientOptions(timeouts, limits, heartbeat, tls, value);
    }
}
