package io.holdfast.client.error;

/** The folder of a client name was made on another machine, and {@code holdfast.identity.on-move=refuse}. */
public final class IdentityMovedException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String folder;
    private final String madeIn;

    /**
     * A moved folder.
     *
     * @param name the name in it
     * @param folder where it is now
     * @param madeIn where it was made, as the file says
     */
    public IdentityMovedException(String name, String folder, String madeIn) {
        super(
                "folder " + Untrusted.escape(folder) + " with client name " + Untrusted.escape(name)
                        + " was made on another machine, in " + Untrusted.escape(madeIn)
                        + ": make sure that no clone of it is in use, then set holdfast.identity.on-move=accept once",
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
