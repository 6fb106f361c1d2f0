package io.holdfast.client.error;

import io.holdfast.client.message.SequenceNumber;
import io.holdfast.client.message.Topic;

/**
 * A message was written and not confirmed when another program was seen to publish under this client's name, or when the client gave
 * its name up: the broker may have taken it or dropped it.
 */
public final class PublishInDoubtException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final transient Topic topic;
    private final long id;
    private final transient SequenceNumber foreign;

    /**
     * A message in doubt.
     *
     * @param topic where it was published to
     * @param id its id in the store
     * @param foreign as in {@link io.holdfast.client.publish.InDoubt#foreign()}
     */
    public PublishInDoubtException(Topic topic, long id, SequenceNumber foreign) {
        super(
                "publish with id " + id + " to " + Untrusted.escape(topic.name())
                        + " is in doubt: another program had this client name, and the broker holds sequence " + foreign
                        + "; give each program a name of its own, and check whether this message"
                        + " arrived before publishing it again",
                null);
        this.topic = topic;
        this.id = id;
        this.foreign = foreign;
    }

    /** Where it was published to. */
    public Topic topic() {
        return topic;
    }

    /** Its id in the store. */
    public long id() {
        return id;
    }

    /** The sequence number that showed it, see {@link io.holdfast.client.publish.InDoubt#foreign()}. */
    public SequenceNumber foreign() {
        return foreign;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
