package io.holdfast.client.error;

/** The folder of a client name is a copy: its original may be in use with the same name. */
public final class IdentityCopiedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String folder;
    private final String madeIn;

    /**
     * A copied folder.
     *
     * @param name the name in it
     * @param folder where it is now
     * @param madeIn where it was made, as the file says
     * @param remedy what to do about it
     */
    public IdentityCopiedException(String name, String folder, String madeIn, String remedy) {
        super(
                "folder " + Untrusted.escape(folder) + " with client name " + Untrusted.escape(name)
                        + " is a copy of one made in " + Untrusted.escape(madeIn) + ": " + remedy,
                null);
        this.name = name;
        this.folder = folder;
        this.madeIn = madeIn;
    }

    /** The name in the folder. */
    public String name() {
        return name;
    }

    /** Where the folder is now. */
    public String folder() {
        return folder;
    }

    /** Where it was made: path, machine and folder, as its file says. */
    public String madeIn() {
        return madeIn;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
