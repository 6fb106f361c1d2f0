package io.holdfast.client.error;

import io.holdfast.client.error.IdentityInUseException.Holder;
import org.jspecify.annotations.Nullable;

/** Another process took over the folder of this client's name; the client has stopped using it. */
public final class IdentityLostException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String folder;
    private final @Nullable Holder holder;

    /**
     * A lost name.
     *
     * @param name the name
     * @param folder its folder
     * @param holder who has it now; {@code null} if its mark could not be read
     */
    public IdentityLostException(String name, String folder, @Nullable Holder holder) {
        super(
                "client name " + Untrusted.escape(name) + " was lost: "
                        + (holder == null ? "another process" : holder.describe()) + " took over folder "
                        + Untrusted.escape(folder)
                        + ", as happens when this process stands still for more than 10 s on a shared volume; build a"
                        + " new client",
                null);
        this.name = name;
        this.folder = folder;
        this.holder = holder;
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** Its folder. */
    public String folder() {
        return folder;
    }

    /** Who has it now, from what it wrote about itself; {@code null} if that cannot be read. */
    public @Nullable Holder holder() {
        return holder;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
