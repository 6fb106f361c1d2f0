package io.holdfast.ha.internal.machine;

import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.MessagingException;

/**
 * What happens to a client's connection; made by the driver, in the order in which it came to know.
 *
 * <p>{@code delayNanos} is drawn by the driver for {@link Model#nextDelay()}, and used if this event leads to a delay.
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

    /**
     * The name may be another's: attempts wait, whatever the back-off says, or go on.
     *
     * @param held whether they wait from now on
     */
    record HoldLogons(boolean held) implements Event {}

    /**
     * From the next attempt on, sessions are quiet: nothing is resumed until {@link EndQuiet}. Or not any more.
     *
     * @param quiet whether they are
     */
    record QuietLogons(boolean quiet) implements Event {}

    /** A quiet session has shown what it was to show. */
    record EndQuiet() implements Event {}

    /** Another has the name: no logon until {@link LogOn}. */
    record StandBy(MessagingException why) implements Event {}

    /** The name may be taken. */
    record LogOn() implements Event {}

    /** The client goes on under another name: what there is is left, and the next attempt begins at once. */
    record StartAnew() implements Event {}

    /** The application closes the client. */
    record Close() implements Event {}

    /** Something of our own failed; there is no going on. */
    record Fatal(MessagingException error) implements Event {}
}
