package io.holdfast.ha.internal.machine;

import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.MessagingException;

/**
 * What happens to a client's connection; made by the driver, in the order in which it came to know.
 *
 * <p>{@code delayNanos} is drawn by the driver for {@link Model#nextAttempt()}, and used if this event leads to a delay.
 */
public sealed interface Event {

    /**
     * The application wants a connection.
     *
     * @param connectNanos the deadline of each attempt
     */
    record Start(long connectNanos) implements Event {}

    /** With {@code Reconnect.never()}: nobody waits for the attempt any more. */
    record Abandon(MessagingException failure) implements Event {}

    /** The attempt succeeded: logged on. */
    record Connected(long link) implements Event {}

    /** The attempt failed, or was abandoned: nothing of it is left. */
    record ConnectFailed(long link, MessagingException failure, long delayNanos) implements Event {}

    /** Everything was taken up where the last session ended. */
    record Resumed(long link) implements Event {}

    /** Something could not be taken up; the link is still open. */
    record ResumeFailed(long link, MessagingException failure, long delayNanos) implements Event {}

    /** The link has ended, for whatever cause, and is gone. */
    record LinkLost(long link, Disconnect disconnect, long delayNanos) implements Event {}

    /** A timer ran out. */
    record TimerFired(long timer) implements Event {}

    /** The application knows that a server is back. */
    record ReconnectNow() implements Event {}

    /** The application closes the client. */
    record Close() implements Event {}

    /** Something of our own failed; there is no going on. */
    record Fatal(MessagingException error) implements Event {}
}
