package io.holdfast.broker;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The broker could not start; everything it had opened is closed again. The message is one line for an operator. */
public final class BrokerStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Cause kind;

    /** A failure of this kind. */
    public BrokerStartException(Cause kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind");
    }

    /** What was wrong. */
    public Cause kind() {
        return kind;
    }

    /** The kinds of failure. */
    public enum Cause {
        /** A port is taken, or the address is not one of this machine. */
        CANNOT_BIND,
        /** The file of users cannot be read or holds a line that is none. */
        BAD_USERS_FILE,
        /** Certificate or key cannot be read or do not fit. */
        BAD_TLS_MATERIAL,
        /** The transaction log is another broker's, damaged, or cannot be written. */
        BAD_JOURNAL
    }
}
