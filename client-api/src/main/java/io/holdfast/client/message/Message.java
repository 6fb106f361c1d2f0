package io.holdfast.client.message;

import java.util.Optional;

/**
 * One received message: a view, valid until the handler it was passed to returns.
 *
 * <p>The transport reads the frame in place and a lane recycles its copy, so that a subscription at full rate makes
 * almost no garbage. A handler that keeps a message beyond its own return calls {@link #copy()}; using a view after
 * that reads another message. Confined to the thread that called the handler.
 */
public interface Message {

    /** The kind: {@link CommandType#PUBLISH}, {@link CommandType#SOW}, {@link CommandType#OOF}, or a group mark. */
    CommandType type();

    /** The topic it was published to, never a pattern; {@link Topic#NONE} on a group mark that names none. */
    Topic topic();

    /** The body, with this message's lifetime. */
    Payload payload();

    /**
     * The subscriptions of this connection that it matches, as the broker's comma list ({@code sids}, else {@code sub_id}
     * or {@code query_id}); empty if the broker sent none.
     */
    String subscriptionIds();

    /** The log position, sent on bookmark subscriptions. */
    Optional<Bookmark> bookmark();

    /** {@link Bookmark#publisher()} of the log position, 0 if there is none; unlike {@link #bookmark()} it makes no objects. */
    default long bookmarkPublisher() {
        return bookmark().map(Bookmark::publisher).orElse(0L);
    }

    /** {@link Bookmark#sequence()} of the log position, 0 if there is none; unlike {@link #bookmark()} it makes no objects. */
    default long bookmarkSequence() {
        return bookmark().map(Bookmark::sequence).orElse(0L);
    }

    /** The key of the stored record, where the topic has one: digits, or the publisher's own text. */
    Optional<String> sowKey();

    /** The publisher's token; empty also if the broker passed one on that {@link CorrelationId} does not allow. */
    Optional<CorrelationId> correlationId();

    /** When the broker processed the message, in its own form ({@code 20250909T171919.976304Z}); sent on request. */
    Optional<String> timestamp();

    /** Why a record went out of focus; only on {@link CommandType#OOF}. Untrusted text. */
    Optional<String> reason();

    /** An immutable copy that may be kept and shared. */
    default Message copy() {
        return MessageCopy.of(this);
    }
}
