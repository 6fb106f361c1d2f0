package io.holdfast.client.error;

/** A bounded queue has no room, and the call may not wait, or waited until its deadline. Nothing was sent. */
public final class BackPressureException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String queue;
    private final long limit;

    /**
     * A full queue.
     *
     * @param queue which one, with its unit, for example {@code write queue (bytes)}
     * @param limit its bound
     * @param remedy what to do about it
     */
    public BackPressureException(String queue, long limit, String remedy) {
        super(queue + " is full at " + limit + ": " + remedy, null);
        this.queue = queue;
        this.limit = limit;
    }

    /** Which queue is full. */
    public String queue() {
        return queue;
    }

    /** Its bound. */
    public long limit() {
        return limit;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
