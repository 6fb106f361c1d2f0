package io.holdfast.client;

import java.time.Duration;

/**
 * The deadlines of a client where a call names none; all positive.
 *
 * @param connect over DNS, TCP, TLS and logon together; default 10 s
 * @param command from sending a command to its answer, for the forms that return a stage; default 10 s
 * @param publish how long {@code publish} may wait for room in the store; without one, in the in-flight window and the write queue;
 *     default 10 s
 * @param close how long {@link Client#close()} takes at most: up to four fifths for the confirmation of what was published, and nine
 *     tenths of what is left then for what is queued; default 5 s
 */
public record Timeouts(Duration connect, Duration command, Duration publish, Duration close) {

    /** Ten seconds, ten, ten, five. */
    public static final Timeouts DEFAULTS =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5));

    /** Validates the signs. */
    public Timeouts {
        positive("connect", connect);
        positive("command", command);
        positive("publish", publish);
        positive("close", close);
    }

    /** These with another deadline for connecting. */
    public Timeouts withConnect(Duration value) {
        return new Timeouts(value, command, publish, close);
    }

    /** These with another deadline for commands. */
    public Timeouts withCommand(Duration value) {
        return new Timeouts(connect, value, publish, close);
    }

    /** These with another deadline for publishes. */
    public Timeouts withPublish(Duration value) {
        return new Timeouts(connect, command, value, close);
    }

    /** These with another deadline for closing. */
    public Timeouts withClose(Duration value) {
        return new Timeouts(connect, command, publish, value);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("timeout '" + name + "' is positive, not " + value);
        }
    }
}
