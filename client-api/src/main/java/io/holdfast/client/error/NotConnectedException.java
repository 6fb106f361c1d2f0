package io.holdfast.client.error;

import io.holdfast.client.ClientState;

/** The client has no connection now. */
public final class NotConnectedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    /** A call on a client of this name that has not been connected. */
    public NotConnectedException(String clientName) {
        super("client " + Untrusted.escape(clientName) + " is not connected: call connect first", null);
    }

    /** A call on a client of this name that has been connected, or is about to be, and reconnects by itself. */
    public NotConnectedException(String clientName, ClientState state) {
        super(
                "client " + Untrusted.escape(clientName) + " is not connected: it is " + state
                        + (state == ClientState.IDLE
                                ? "; call connect first"
                                : " and connects by itself; try again later"),
                null);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
