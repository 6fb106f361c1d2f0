package io.holdfast.client.error;

import io.holdfast.client.message.CommandType;
import java.time.Duration;

/** A command was sent and not answered within its deadline; it may still have taken effect. */
public final class CommandTimedOutException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final CommandType command;
    private final Duration timeout;

    /**
     * A time-out.
     *
     * @param command what was sent
     * @param subject topic or ids, for the message
     * @param timeout the deadline that passed
     */
    public CommandTimedOutException(CommandType command, String subject, Duration timeout) {
        super(
                command.word() + " " + Untrusted.escape(subject) + " was not answered within " + timeout.toMillis()
                        + " ms: the broker is slow, or deliveries are paused by a slow handler",
                null);
        this.command = command;
        this.timeout = timeout;
    }

    /** What was sent. */
    public CommandType command() {
        return command;
    }

    /** The deadline that passed. */
    public Duration timeout() {
        return timeout;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
