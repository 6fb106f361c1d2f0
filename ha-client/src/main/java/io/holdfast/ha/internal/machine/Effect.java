package io.holdfast.ha.internal.machine;

import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.error.MessagingException;
import org.jspecify.annotations.Nullable;

/** What the driver has to do, in this order. */
public sealed interface Effect {

    /**
     * Begin an attempt; answered by {@link Event.Connected} or {@link Event.ConnectFailed}.
     *
     * @param same whether to the endpoint of the last one
     * @param connectNanos its deadline
     */
    record Connect(long link, boolean same, long connectNanos) implements Effect {}

    /** Give an attempt up; it is still answered, by {@link Event.ConnectFailed} or (too late) by {@link Event.Connected}. */
    record AbandonConnect(long link) implements Effect {}

    /** Take up where the last session ended; answered by {@link Event.Resumed} or {@link Event.ResumeFailed}. */
    record Resume(long link) implements Effect {}

    /** Close an open link; answered by {@link Event.LinkLost}. */
    record CloseLink(long link) implements Effect {}

    /**
     * Wait no longer for the end of a link: it is cut off, and whatever still comes from it is dropped. An attempt that is
     * still unanswered is answered now, by {@link Event.ConnectFailed}.
     */
    record ForgetLink(long link) implements Effect {}

    /** Set a timer; answered by {@link Event.TimerFired}. */
    record SetTimer(long timer, long nanos) implements Effect {}

    /** Take a timer back that has not fired. */
    record CancelTimer(long timer) implements Effect {}

    /** Tell a transition. */
    record Announce(
            ClientState from,
            ClientState to,
            @Nullable Disconnect disconnect,
            @Nullable MessagingException failure,
            int attempt,
            long delayNanos)
            implements Effect {}

    /** Tell the endpoint selector what became of the current endpoint: {@code null} for success. */
    record TellSelector(@Nullable MessagingException failure) implements Effect {}

    /** The end: terminal, and no link is left. Once, at the last. */
    record Ended() implements Effect {}
}
