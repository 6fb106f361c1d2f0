package io.holdfast.broker.internal.journal;

import org.jspecify.annotations.Nullable;

/** The log cannot be opened, written or read; the message names the file, the place in it, and what to do. */
public final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure with its cause, if one was caught. */
    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
