package io.holdfast.it.broker;

import java.net.URI;

/** A broker that a test can talk to, stop in its tracks, and kill; the same stories run against every kind. */
public interface BrokerUnderTest extends AutoCloseable {

    /** Where clients connect, without credentials: {@code tcp://127.0.0.1:port/amps/json}. */
    String uri();

    /** {@link #uri()} with a user and a password. */
    default String uri(String user, String password) {
        return uri().replace("tcp://", "tcp://" + user + ":" + password + "@");
    }

    /** The admin server's root. */
    URI admin();

    /** Freezes the broker: its sockets stay open and nothing answers. */
    void pause();

    /** Takes {@link #pause()} back. */
    void unpause();

    /** Ends the broker without a farewell. */
    void kill();

    /** Everything it has logged so far. */
    String log();

    /** Ends it and removes what it left. */
    @Override
    void close();
}
