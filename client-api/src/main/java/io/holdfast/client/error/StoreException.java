package io.holdfast.client.error;

import org.jspecify.annotations.Nullable;

/** A durable store (of publishes, of bookmarks) cannot be opened or written. What is in its files was not changed. */
public final class StoreException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final Trouble trouble;

    /**
     * A store in trouble.
     *
     * @param path its file or folder
     * @param trouble the kind
     * @param detail what was found, safe for logs
     * @param remedy what to do about it
     * @param cause what was caught, if something was
     */
    public StoreException(String path, Trouble trouble, String detail, String remedy, @Nullable Throwable cause) {
        super("store " + Untrusted.escape(path) + " is " + trouble + ": " + detail + "; " + remedy, cause);
        this.path = path;
        this.trouble = trouble;
    }

    /** Its file or folder. */
    public String path() {
        return path;
    }

    /** The kind of trouble. */
    public Trouble trouble() {
        return trouble;
    }

    /** True for what can pass by itself: another holder, a full disk. A message whose publish failed so was not stored. */
    @Override
    public boolean isRetryable() {
        return trouble == Trouble.IN_USE || trouble == Trouble.UNAVAILABLE;
    }

    /** The kinds of trouble. */
    public enum Trouble {
        /** Another process, or another client of this JVM, has it open. */
        IN_USE,
        /** The file system refused something: no such volume, no space, no permission. */
        UNAVAILABLE,
        /**
         * It was closed, or its disk failed where nobody knows any more what is on it: this client cannot use it again, a new one
         * may. Whether a message whose publish failed so is stored is not known.
         */
        UNUSABLE,
        /** It was made under another client name. */
        OTHER_NAME,
        /** It holds what nobody wrote, and not just an unfinished end. */
        DAMAGED,
        /** A later version of the SDK wrote it, or it is no store at all. */
        FOREIGN
    }
}
