package io.holdfast.client.subscribe;

import io.holdfast.client.message.Message;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * A subscription as a blocking iterator, for programs that would rather ask than be called. Made by
 * {@link io.holdfast.client.Client#stream}.
 *
 * <p>It outlives connections: a lost one shows as a longer wait. It holds copies of at most as many messages as it was made for, whatever
 * their size; then the connection pauses. {@link #hasNext()} and {@link #next()} wait without a deadline. For one reading thread at a
 * time; {@link #close()} from any.
 *
 * <p>With {@link Acknowledgement#AUTO} a message is acknowledged when the next one is asked for: the one that a program held last comes
 * again in its next run.
 */
public interface MessageStream extends Iterator<Message>, AutoCloseable {

    /** How many messages wait at most, unless the application says otherwise. */
    int DEFAULT_DEPTH = 10_000;

    /** The subscription behind it. */
    Subscription subscription();

    /**
     * The next message, waiting for up to {@code timeout}; empty if none came, or if the stream was closed or unsubscribed.
     *
     * @throws io.holdfast.client.error.MessagingException when the subscription ended without being asked to and
     *     everything that came before was read: the cause
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; the flag stays set
     */
    Optional<Message> next(Duration timeout);

    /**
     * Waits for a message until there is one: true; or until the stream is closed: false.
     *
     * @throws io.holdfast.client.error.MessagingException as {@link #next(Duration)} does
     */
    @Override
    boolean hasNext();

    /**
     * The next message, waiting for it.
     *
     * @throws java.util.NoSuchElementException if the stream was closed
     */
    @Override
    Message next();

    /** Messages that wait to be read. */
    int waiting();

    /** Unsubscribes and drops what waits. Idempotent; does not block. */
    @Override
    void close();
}
