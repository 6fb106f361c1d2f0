package io.holdfast.broker.internal.topic;

/** A bookmark that cannot be replayed from; the message is the reason that the client is told. */
public final class BookmarkRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    /** A refusal with this reason. */
    public BookmarkRefusal(String reason) {
        super(reason);
    }

    /** What the client is told. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
