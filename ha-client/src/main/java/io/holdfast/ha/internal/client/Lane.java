package io.holdfast.ha.internal.client;

import io.holdfast.client.connect.Connection;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Message;
import java.util.concurrent.CompletionStage;

/** The way from the router to one subscription's handler. */
interface Lane {

    /**
     * A message for this subscription; on the thread of {@code from}.
     *
     * @param receipt what it is acknowledged by, 0 for nothing
     */
    void offer(Message view, long receipt, Connection from);

    /** Ends it: what waits is dropped, what it paused goes on, no further delivery begins. Idempotent, any thread. */
    void end();

    /** The connection has ended, and with it what the lane had paused. */
    default void disconnected() {
        // nothing is paused
    }

    /** Nothing more will come, for this reason; what waits may still be taken. Idempotent, any thread. */
    default void fail(MessagingException cause) {
        // a handler is not told: the listener is
    }

    /** Whether it has been ended. */
    boolean isEnded();

    /** Completes when, after {@link #end()}, no call of the handler runs; at once if asked from within that call. */
    CompletionStage<Void> quiet();

    /** Messages given to the handler. */
    long delivered();

    /** Messages dropped for want of room. */
    long dropped();

    /** Messages waiting. */
    int waiting();
}
