package io.holdfast.client.error;

import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;

/** A stored message was given up before it was confirmed: for room in a full store, or because the application said so. */
public final class PublishDroppedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final transient Topic topic;
    private final long id;
    private final transient SequenceNumber sequence;

    /**
     * A message given up.
     *
     * @param topic where it was published to
     * @param id its id in the store
     * @param sequence the number it was written with, {@link SequenceNumber#NONE} if it never was
     * @param why what made the client drop it, safe for logs
     */
    public PublishDroppedException(Topic topic, long id, SequenceNumber sequence, String why) {
        super(
                "publish with id " + id + " to " + Untrusted.escape(topic.name()) + " was dropped: " + why
                        + (sequence.equals(SequenceNumber.NONE)
                                ? "; it was never sent"
                                : "; it was sent with sequence " + sequence + " and may have arrived"),
                null);
        this.topic = topic;
        this.id = id;
        this.sequence = sequence;
    }

    /** Where it was published to. */
    public Topic topic() {
        return topic;
    }

    /** Its id in the store. */
    public long id() {
        return id;
    }

    /** Whether it was written once and so may have arrived. */
    public boolean mayHaveArrived() {
        return !sequence.equals(SequenceNumber.NONE);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
