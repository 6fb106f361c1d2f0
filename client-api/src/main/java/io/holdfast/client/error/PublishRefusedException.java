package io.holdfast.client.error;

import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;
import org.jspecify.annotations.Nullable;

/** The broker refused one publish; those before and after it stand for themselves. */
public final class PublishRefusedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final transient Topic topic;
    private final transient SequenceNumber sequence;
    private final String reason;

    /**
     * A refusal.
     *
     * @param topic where it was published to
     * @param sequence its number
     * @param reason the broker's words, {@code null} if it gave none
     */
    public PublishRefusedException(Topic topic, SequenceNumber sequence, @Nullable String reason) {
        super(
                "publish " + sequence + " to " + Untrusted.escape(topic.name()) + " was refused by the broker, reason: "
                        + Untrusted.escape(reason),
                null);
        this.topic = topic;
        this.sequence = sequence;
        this.reason = reason == null ? "" : reason;
    }

    /** Where it was published to. */
    public Topic topic() {
        return topic;
    }

    /** Its number. */
    public SequenceNumber sequence() {
        return sequence;
    }

    /** The broker's reason, verbatim and untrusted; empty if it gave none. */
    public String reason() {
        return reason;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
