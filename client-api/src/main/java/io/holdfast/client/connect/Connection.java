package io.holdfast.client.connect;

import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.publish.PublishRequest;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One connection that is logged on: sends commands, delivers to its {@link InboundSink}, ends once.
 *
 * <p>Thread-safe unless a method says otherwise. What one thread sends leaves in the order of its calls; between threads
 * the order is the one in which the calls took effect. Everything delivered, and every stage completed, is on the
 * connection's own thread, where nothing may block ({@link #ownsCurrentThread()}).
 */
public interface Connection {

    /** Where it leads. */
    Endpoint endpoint();

    /** What the broker answered to the logon. */
    LogonResult logonResult();

    /** Our side of the socket as {@code address:port}, for logs. */
    String localAddress();

    /** The broker's side of the socket as {@code address:port}, for logs. */
    String remoteAddress();

    /**
     * Puts one publish into the write queue. The payload has been copied when this returns.
     *
     * @param sequence the publisher's number, above every one sent before on this connection
     * @return whether it was taken; {@code false} means that the write queue is full ({@link #writable()} tells when to
     *     try again) and that nothing was sent
     * @throws io.holdfast.client.error.DisconnectedException if the connection has ended
     * @throws io.holdfast.client.error.FrameTooLargeException if the message is larger than
     *     {@link io.holdfast.client.Limits#maxFrameBytes()}
     */
    boolean publish(PublishRequest request, SequenceNumber sequence);

    /**
     * Sends a command and waits for its answer without blocking: the ack named by {@link Command#replyOn()}.
     *
     * <p>The reply completes exceptionally with {@link io.holdfast.client.error.CommandRefusedException} (a failure ack),
     * {@link io.holdfast.client.error.CommandTimedOutException}, {@link io.holdfast.client.error.DisconnectedException},
     * {@link io.holdfast.client.error.BackPressureException} (the write queue is full, or
     * {@link io.holdfast.client.Limits#commandsInFlight()} are unanswered; nothing was sent) or
     * {@link io.holdfast.client.error.FrameTooLargeException}. A command that asks for no ack is answered with
     * {@code null} as soon as it is in the write queue.
     *
     * @param timeout positive; after it the command is forgotten and an ack that comes late is ignored. The command
     *     itself may still take effect at the broker: undoing that is the caller's
     * @param furtherAcks gets each ack of the command but the answering one, on the connection's thread, until
     *     {@link PendingCommand#forget()} or the end of the connection
     */
    PendingCommand execute(Command command, Duration timeout, Consumer<Ack> furtherAcks);

    /** A stage that completes when the write queue has room again, at once if it has; exceptionally at the end. */
    CompletionStage<Void> writable();

    /**
     * Stops delivering (and, once its small read buffer is full, reading) until {@link #resumeReads()}. Pauses are
     * counted. To be called on the connection's thread, so that not one message more is delivered.
     *
     * <p>While paused, heartbeats go out by timer, and silence of the peer is not held against it: we are not listening.
     */
    void pauseReads();

    /** Takes one {@link #pauseReads()} back, from any thread; delivery goes on when all are taken back. */
    void resumeReads();

    /** Whether the current thread is the one this connection delivers on, where blocking would stop it. */
    boolean ownsCurrentThread();

    /** Completes once, normally, when the connection has ended for whatever cause. */
    CompletionStage<Disconnect> closed();

    /**
     * Writes out what is queued, for up to {@code timeout}, then closes. Idempotent; the first call's time counts.
     *
     * @return {@link #closed()}
     */
    CompletionStage<Disconnect> close(Duration timeout);

    /** A command on its way. */
    interface PendingCommand {

        /** The answer; see {@link Connection#execute}. */
        CompletionStage<Ack> reply();

        /** Ignores every ack that is still to come. Idempotent, from any thread. */
        void forget();
    }
}
