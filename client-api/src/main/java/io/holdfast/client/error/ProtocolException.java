package io.holdfast.client.error;

import org.jspecify.annotations.Nullable;

/** The peer sent something that is not the protocol; the connection it came on is closed. */
public final class ProtocolException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final Violation violation;
    private final long offset;

    /**
     * A violation.
     *
     * @param violation what kind
     * @param offset where in the frame, in bytes after the length field; -1 if the frame as a whole is meant
     * @param detail what was found, safe for logs
     */
    public ProtocolException(Violation violation, long offset, String detail) {
        this(violation, offset, detail, null);
    }

    /** {@link #ProtocolException(Violation, long, String)} with what was caught. */
    public ProtocolException(Violation violation, long offset, String detail, @Nullable Throwable cause) {
        super(violation + (offset < 0 ? "" : " at byte " + offset + " of the frame") + ": " + detail, cause);
        this.violation = violation;
        this.offset = offset;
    }

    /** What kind. */
    public Violation violation() {
        return violation;
    }

    /** Where in the frame, in bytes after the length field; -1 if the frame as a whole is meant. */
    public long offset() {
        return offset;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }

    /** The kinds of violation. */
    public enum Violation {
        /** The length field names more bytes than {@link io.holdfast.client.Limits#maxFrameBytes()}. */
        FRAME_TOO_LARGE,
        /** The length field is zero. */
        EMPTY_FRAME,
        /**
         * The connection ended within a frame: what a peer that evicts or dies may leave, and so reported as its close
         * ({@link io.holdfast.client.connect.DisconnectCause#PEER_CLOSED}), not as an error of its own.
         */
        TRUNCATED_FRAME,
        /** The header has no end within its frame. */
        TRUNCATED_HEADER,
        /** The header is not the flat JSON object of the protocol: syntax, nesting, an illegal escape. */
        MALFORMED_HEADER,
        /** A text is not UTF-8. */
        BAD_UTF8,
        /** A field has a value of the wrong type or out of range. */
        BAD_FIELD,
        /** A field that the command needs is missing. */
        MISSING_FIELD,
        /** The command is unknown, or one that only a client may send. */
        UNEXPECTED_COMMAND,
        /** An ack names a command that was never sent. */
        ACK_FOR_NOBODY,
        /** A logon is answered a second time. */
        SECOND_LOGON_ACK
    }
}
