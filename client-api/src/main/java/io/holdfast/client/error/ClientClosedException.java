package io.holdfast.client.error;

/** The client was closed by its application; a closed client is not opened again. */
public final class ClientClosedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    /** A call on the closed client of this name. */
    public ClientClosedException(String clientName) {
        super("client " + Untrusted.escape(clientName) + " is closed: build a new one", null);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
