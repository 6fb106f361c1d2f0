package io.holdfast.client.error;

import org.jspecify.annotations.Nullable;

/** No name could be kept: its folder cannot be written, or every slot is taken. */
public final class IdentityUnavailableException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * A name that cannot be kept.
     *
     * @param path the folder
     * @param detail what happened, safe for logs
     * @param remedy what to do about it
     * @param cause what was caught, if something was
     */
    public IdentityUnavailableException(String path, String detail, String remedy, @Nullable Throwable cause) {
        super("no client name can be kept in " + Untrusted.escape(path) + ": " + detail + "; " + remedy, cause);
        this.path = path;
    }

    /** The folder. */
    public String path() {
        return path;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
