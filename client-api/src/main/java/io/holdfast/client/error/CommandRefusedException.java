package io.holdfast.client.error;

import io.holdfast.client.message.Ack;
import io.holdfast.client.message.CommandType;

/** The broker answered a command with a failure. */
public final class CommandRefusedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final CommandType command;
    private final transient Ack ack;

    /**
     * A refusal.
     *
     * @param command what was refused
     * @param subject topic, filter or ids, for the message
     * @param ack the failure
     */
    public CommandRefusedException(CommandType command, String subject, Ack ack) {
        super(
                command.word() + " " + Untrusted.escape(subject) + " was refused by the broker, reason: "
                        + Untrusted.escape(ack.rawReason()),
                null);
        this.command = command;
        this.ack = ack;
    }

    /** What was refused. */
    public CommandType command() {
        return command;
    }

    /** The failure; its reason is the broker's, verbatim. */
    public Ack ack() {
        return ack;
    }

    /** The broker's reason, verbatim and untrusted; empty if it gave none. */
    public String reason() {
        return ack.reason().orElse("");
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
