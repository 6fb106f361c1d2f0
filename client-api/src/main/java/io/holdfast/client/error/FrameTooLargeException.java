package io.holdfast.client.error;

/** A message to send is larger than a frame may be; nothing was sent, the connection goes on. */
public final class FrameTooLargeException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final long size;
    private final int limit;

    /** A frame of {@code size} bytes where {@code limit} is the most. */
    public FrameTooLargeException(long size, int limit) {
        super(
                "a frame of " + size + " bytes exceeds the limit of " + limit
                        + ": raise Limits.maxFrameBytes, or send less",
                null);
        this.size = size;
        this.limit = limit;
    }

    /** The size in bytes of header and body. */
    public long size() {
        return size;
    }

    /** The most bytes allowed. */
    public int limit() {
        return limit;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
