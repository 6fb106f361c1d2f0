package io.holdfast.client.error;

/** A blocking call was made on a thread that has to deliver what the call would wait for. */
public final class BlockingCallRefusedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    /** A refused call of this name, on the thread of this name. */
    public BlockingCallRefusedException(String call, String thread) {
        super(
                call + " would block thread '" + thread
                        + "', which delivers for this client: use the form that returns a"
                        + " CompletionStage, or make the call on a thread of your own",
                null);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
