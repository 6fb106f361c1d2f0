package io.holdfast.client.error;

/** The client has no connection yet. */
public final class NotConnectedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    /** A call on a client of this name that has not been connected. */
    public NotConnectedException(String clientName) {
        super("client " + Untrusted.escape(clientName) + " is not connected: call connect first", null);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
