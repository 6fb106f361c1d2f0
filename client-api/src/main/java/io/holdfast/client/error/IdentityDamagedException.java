package io.holdfast.client.error;

/** The file that keeps a client name cannot be believed. It was not touched. */
public final class IdentityDamagedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final Damage damage;

    /**
     * A damaged file.
     *
     * @param file which
     * @param damage how
     * @param detail what was found, safe for logs
     * @param remedy what to do about it
     */
    public IdentityDamagedException(String file, Damage damage, String detail, String remedy) {
        super("name file " + Untrusted.escape(file) + " is " + damage + ": " + detail + "; " + remedy, null);
        this.file = file;
        this.damage = damage;
    }

    /** Which file. */
    public String file() {
        return file;
    }

    /** How it is damaged. */
    public Damage damage() {
        return damage;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }

    /** The kinds of damage. */
    public enum Damage {
        /** It holds nothing. */
        EMPTY,
        /** It is cut short, or its checksum is wrong. */
        TORN,
        /** It is not a name file, or that of another name or application. */
        FOREIGN,
        /** A later version of the SDK wrote it. */
        FUTURE
    }
}
