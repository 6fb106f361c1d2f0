package io.holdfast.client;

import io.holdfast.client.collision.NameStatus;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.LogonResult;
import io.holdfast.client.message.Ack;
import io.holdfast.client.message.Command;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.InDoubt;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.publish.PublishStoreStatus;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.client.subscribe.MessageHandler;
import io.holdfast.client.subscribe.MessageStream;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * A client of a broker, under one name. Thread-safe.
 *
 * <p>Methods named {@code ...Async} return at once, with a stage that is bounded by {@link Timeouts} and completes on the
 * connection's thread: what depends on it must not block. Methods with a {@code Duration} block for at most that long; it is
 * positive, or they throw {@link IllegalArgumentException} (but for {@link #close(Duration)}, for which zero or less is at once). A
 * blocking method called from a handler, a listener, or a stage of the same client is refused with
 * {@link io.holdfast.client.error.BlockingCallRefusedException}, since it might wait for its own thread.
 *
 * <p>Stages fail, and blocking methods throw, with a {@link io.holdfast.client.error.MessagingException}:
 * <ul>
 *   <li>{@code NotConnectedException} before connect, {@code ClientClosedException} after close;
 *   <li>{@code DisconnectedException} when the connection ends before the answer, or has ended and there is no new one yet;
 *   <li>{@code CommandRefusedException} when the broker says no, {@code CommandTimedOutException} when it says nothing;
 *   <li>{@code BackPressureException} when a bounded queue stays full;
 *   <li>{@code NameCollisionException} while the client stands by, since another program has its name; what waits for the next
 *       session (connect, subscribe) goes on waiting within its deadline. After a collision with the policy {@code fail} for good;
 *   <li>{@code ReconnectGaveUpException} once the client has given up.
 * </ul>
 * A blocking method whose thread is interrupted before the answer throws {@link java.util.concurrent.CancellationException}, leaves the
 * interrupt flag set, and forgets the answer.
 */
public interface Client extends AutoCloseable {

    /** The client name it logs on with. */
    String name();

    /** The state now. */
    ClientState state();

    /**
     * Starts connecting unless that has begun, and completes when the client is connected (logged on, and resumed), at once if
     * it is; within {@link Timeouts#connect()}. May be called again in any state, by several callers.
     *
     * <p>With {@link Reconnect#always()} the deadline bounds the wait and not the client: when it passes, the stage fails with
     * the last failure, and the client goes on trying until it is closed. With {@link Reconnect#never()} there is one attempt;
     * if it fails, or nobody waits for it any more, the client is {@link ClientState#IDLE} again.
     *
     * <p>The stage fails with {@link io.holdfast.client.error.ConnectFailedException},
     * {@link io.holdfast.client.error.LogonRefusedException}, {@link io.holdfast.client.error.ProtocolException},
     * {@link io.holdfast.client.error.DisconnectedException}, {@link io.holdfast.client.error.NameCollisionException},
     * {@link io.holdfast.client.error.ReconnectGaveUpException} or
     * {@link io.holdfast.client.error.ClientClosedException}.
     */
    CompletionStage<LogonResult> connectAsync();

    /** {@link #connectAsync()} with this deadline, and waits for it. */
    LogonResult connect(Duration timeout);

    /**
     * Ends the delay of {@link ClientState#BACKOFF} at once, for a caller who knows that a server is back; in every other state does
     * nothing. Returns without waiting; the count of attempts and the delays that follow are as if the delay had passed.
     */
    void reconnectNow();

    /** How safe the client's name is: whether another program is suspected, or known, to use it too. */
    NameStatus nameStatus();

    /**
     * Takes the name over, for an operator who knows that this client is the one to have it: out of
     * {@link ClientState#STANDBY} it logs on at once, which evicts the holder, and bears a few evictions until it yields
     * again ({@code holdfast.collision.winner-bears}, 3).
     *
     * <p>Completes when the client is connected, within {@link Timeouts#connect()}; fails with
     * {@link io.holdfast.client.error.TakeOverRefusedException} if the client does not stand by, if the last call was less than
     * {@code holdfast.collision.take-over-interval} (10 s) ago, and always with {@link Reconnect#never()}.
     *
     * <p>There is no other way to it than this method: an application for which somebody may have to decide exposes it.
     */
    CompletionStage<LogonResult> takeOverAsync();

    /** {@link #takeOverAsync()} with this deadline, and waits for it. */
    LogonResult takeOver(Duration timeout);

    /**
     * Publishes a message: with a publish store, it is stored and, as soon as there is a connection and everything before it was
     * written, written; without one, it is written, or refused while there is no connection. Messages published by one thread
     * arrive in the order of its calls. The payload has been copied when this returns, and with a file store the message survives
     * the process.
     *
     * <p>Returns at once as a rule. It waits for the disk if the store is to survive a power failure, and for room, up to
     * {@link Timeouts#publish()}, while the store (without one: the in-flight window or the write queue) is full and the client's
     * {@link StoreFullPolicy} says so; where blocking is not allowed (a handler, a stage) it does not wait for room but throws
     * {@link io.holdfast.client.error.BackPressureException}. The wait for the disk ({@code holdfast.publish.sync=always}) has no
     * deadline.
     *
     * <p>While the client stands by, and until it is connected again, it throws
     * {@link io.holdfast.client.error.NameCollisionException}, unless it has a publish store and
     * {@code holdfast.collision.publish-in-standby=store}.
     *
     * @throws io.holdfast.client.error.FrameTooLargeException if the message exceeds {@link Limits#maxFrameBytes()}; one that does
     *     so by its header alone may also fail later
     * @throws io.holdfast.client.error.StoreException if the message cannot be stored; with {@link
     *     io.holdfast.client.error.StoreException.Trouble#NOT_DURABLE} it was published, and only the disk has not confirmed it within
     *     {@link Timeouts#publish()}: do not publish it again
     */
    PublishResult publish(PublishRequest request);

    /** {@link #publish(PublishRequest)} with a policy for this call. */
    PublishResult publish(PublishRequest request, StoreFullPolicy policy);

    /** {@link #publish(PublishRequest)} without options. */
    default PublishResult publish(Topic topic, Payload payload) {
        return publish(PublishRequest.of(topic, payload));
    }

    /**
     * Completes when everything published before this call is confirmed durable or refused: a barrier. A refusal is told by
     * its {@link PublishResult}, or by the listener, not here. With a publish store it outlives the connection. Fails if
     * something is not confirmed in time or comes into doubt, and without a store if the connection ends.
     */
    CompletionStage<Void> publishFlushAsync();

    /** {@link #publishFlushAsync()}, and waits for it. */
    void publishFlush(Duration timeout);

    /** How full the publish store is. */
    PublishStoreStatus publishing();

    /**
     * Ends the doubt about messages; see {@link InDoubt}. It reads and writes the store, and returns when that is as durable as a
     * publish is: with a file store it waits for the disk, without a deadline.
     *
     * @param ids their {@link PublishResult#id()}; those that are not in doubt are left out
     * @return how many were in doubt, and are not any more
     * @throws io.holdfast.client.error.StoreException if the disk failed: those before the failure are not in doubt any more
     */
    int resolveInDoubt(Collection<Long> ids, InDoubt.Resolution resolution);

    /** {@link #resolveInDoubt(Collection, InDoubt.Resolution)} for all that are in doubt now. */
    int resolveInDoubt(InDoubt.Resolution resolution);

    /** Completes when the broker has done everything sent before on this connection (a {@code flush} command). */
    CompletionStage<Void> flushAsync();

    /** {@link #flushAsync()}, and waits for it. */
    void flush(Duration timeout);

    /**
     * Subscribes. The handler is in place before the first message can arrive, here and after every reconnect. If the broker
     * does not answer in time the subscription is taken back at the broker too; another one under its id waits, within its own time,
     * until the broker has said that the first is gone.
     *
     * <p>A client that reconnects takes a subscription also while it is not connected: the stage waits for the next session, within the
     * same time. From then on the subscription is entered again in every session: one with a bookmark without a gap and without a
     * duplicate, from where it stood; one without misses what was published in between. One that a later session's broker refuses goes
     * to the {@link io.holdfast.client.subscribe.FailedResubscribeHandler}.
     *
     * @throws IllegalArgumentException if the request names an id that is active; nothing is sent
     */
    CompletionStage<Subscription> subscribeAsync(SubscribeRequest request, MessageHandler handler);

    /** {@link #subscribeAsync} with this deadline, and waits for it. */
    Subscription subscribe(SubscribeRequest request, MessageHandler handler, Duration timeout);

    /**
     * Subscribes, with a queue that the application reads itself. Waits for the broker's answer.
     *
     * <p>The queue is bounded by its number of messages and by nothing else: {@link Limits#laneBytes()} does not count here, so that large
     * messages want a small depth.
     *
     * @param depth the most messages that wait to be read, 1 or more; then the connection pauses
     * @throws IllegalArgumentException as {@link #subscribeAsync} does, if {@code depth} is below 1, or if the request is not for a
     *     lane that pauses
     */
    MessageStream stream(SubscribeRequest request, int depth, Duration timeout);

    /** {@link #stream(SubscribeRequest, int, Duration)} of {@value MessageStream#DEFAULT_DEPTH} messages. */
    default MessageStream stream(SubscribeRequest request, Duration timeout) {
        return stream(request, MessageStream.DEFAULT_DEPTH, timeout);
    }

    /** Ends several subscriptions with one command; ids that are not active are left out. */
    CompletionStage<Void> unsubscribeAsync(Collection<SubscriptionId> ids);

    /** {@link #unsubscribeAsync} with this deadline, and waits for it. */
    void unsubscribe(Collection<SubscriptionId> ids, Duration timeout);

    /** Ends every subscription there is now with one command; one that is being entered meanwhile is not meant. */
    CompletionStage<Void> unsubscribeAllAsync();

    /** {@link #unsubscribeAllAsync()} with this deadline, and waits for it. */
    void unsubscribeAll(Duration timeout);

    /**
     * Sends any command and completes with its answer ({@link Command#replyOn()}): the way to what has no method here yet.
     * Not for {@code logon}, {@code subscribe}, {@code sow} and their kin, whose answers are more than one ack.
     *
     * @throws IllegalArgumentException if the command is of that kind, or asks for no ack
     */
    CompletionStage<Ack> executeAsync(Command command);

    /** {@link #executeAsync} with this deadline, and waits for it. */
    Ack execute(Command command, Duration timeout);

    /**
     * Completes once, normally, when a client that had a connection will have none again (it was closed, it gave up, or it
     * does not reconnect); says how the last connection ended.
     */
    CompletionStage<Disconnect> closed();

    /**
     * Waits until what was published is confirmed, if there is a connection and for up to four fifths of the time, writes out what is
     * queued, ends the connection, lets the handler calls that are running finish, stops the client's threads, and gives its name back, all
     * within {@code timeout}. Idempotent, from any state and any thread; from a handler it starts the closing and returns without
     * waiting.
     */
    void close(Duration timeout);

    /** {@link #close(Duration)} with {@link Timeouts#close()}. */
    @Override
    void close();
}
