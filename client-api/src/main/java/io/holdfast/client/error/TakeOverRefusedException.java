package io.holdfast.client.error;

import java.time.Duration;

/** A name cannot be taken over now: the client does not stand by, or the last call was a moment ago. */
public final class TakeOverRefusedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final Duration tryAgainIn;

    /**
     * A refusal.
     *
     * @param clientName whose
     * @param tryAgainIn when a call may succeed, if the client stands by then
     */
    public TakeOverRefusedException(String clientName, Duration tryAgainIn) {
        super(
                "client " + Untrusted.escape(clientName)
                        + " cannot take its name over now: it does not stand by, or did so"
                        + " a moment ago; try again in " + tryAgainIn.toMillis() + " ms if it stands by then",
                null);
        this.tryAgainIn = tryAgainIn;
    }

    /** When a call may succeed, if the client stands by then. */
    public Duration tryAgainIn() {
        return tryAgainIn;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
