package io.holdfast.client.message;

/**
 * The client's number for a command, echoed by the broker in its acks ({@code cid}).
 *
 * <p>The protocol allows any string; we use decimal numbers that only grow, so that an ack which arrives after its
 * command timed out (a number used before) is told from one that answers nobody (a number never used).
 * Zero is the logon's.
 *
 * @param value zero or more
 */
public record CommandId(long value) {

    /** The id of the logon command. */
    public static final CommandId LOGON = new CommandId(0);

    /** Validates the number. */
    public CommandId {
        if (value < 0) {
            throw new IllegalArgumentException("a command id is zero or more, not " + value);
        }
    }

    /** The id with this number. */
    public static CommandId of(long value) {
        return new CommandId(value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
