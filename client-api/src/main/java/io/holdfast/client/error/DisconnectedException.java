package io.holdfast.client.error;

import io.holdfast.client.connect.Disconnect;

/** The connection ended while, or before, the call needed it. */
public final class DisconnectedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final transient Disconnect disconnect;

    /** A call that this end of the connection cut short. */
    public DisconnectedException(Disconnect disconnect) {
        super(
                "client " + Untrusted.escape(disconnect.clientName()) + " lost "
                        + disconnect.endpoint().address() + ": " + disconnect.describe(),
                disconnect.rawError());
        this.disconnect = disconnect;
    }

    /** How the connection ended. */
    public Disconnect disconnect() {
        return disconnect;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
