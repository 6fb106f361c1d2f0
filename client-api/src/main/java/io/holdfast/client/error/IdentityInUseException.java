package io.holdfast.client.error;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A live process, or another client in this JVM, holds the name. Nothing was connected. */
public final class IdentityInUseException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final @Nullable String path;
    private final @Nullable Holder holder;
    private final @Nullable String createdAt;

    private IdentityInUseException(
            String message, String name, @Nullable String path, @Nullable Holder holder, @Nullable String createdAt) {
        super(message, null);
        this.name = name;
        this.path = path;
        this.holder = holder;
        this.createdAt = createdAt;
    }

    /**
     * A name held by another process.
     *
     * @param name the name, or the folder's where the name is not known
     * @param path the folder that is locked
     * @param holder who holds it; {@code null} if its mark could not be read
     */
    public static IdentityInUseException byProcess(String name, String path, @Nullable Holder holder) {
        return new IdentityInUseException(
                "client name " + Untrusted.escape(name) + " is held by "
                        + (holder == null ? "a live process (its mark cannot be read)" : holder.describe())
                        + ", folder "
                        + Untrusted.escape(path)
                        + ": stop that process, or give this one another holdfast.client.name or"
                        + " holdfast.client.instance; with holdfast.app alone each process finds a name of its own",
                name,
                path,
                holder,
                null);
    }

    /**
     * A name held by another client of this JVM.
     *
     * @param name the name
     * @param createdAt where that client was made, as a line of a stack trace
     */
    public static IdentityInUseException inThisJvm(String name, String createdAt) {
        return new IdentityInUseException(
                "client name " + Untrusted.escape(name) + " is held by another client of this JVM, created at "
                        + Untrusted.escape(createdAt) + ": share that client, close it first, or give this one a name"
                        + " of its own",
                name,
                null,
                null,
                createdAt);
    }

    /** The name, or the folder's where the name is not known. */
    public String name() {
        return name;
    }

    /** The folder that is locked; {@code null} if another client of this JVM holds the name. */
    public @Nullable String path() {
        return path;
    }

    /** The process that holds it, from what it wrote about itself; {@code null} if that cannot be read. */
    public @Nullable Holder holder() {
        return holder;
    }

    /** Where the other client of this JVM was made; {@code null} if another process holds the name. */
    public @Nullable String createdAt() {
        return createdAt;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }

    /**
     * A process that holds a name.
     *
     * @param host the name of its host
     * @param pid its process id, in its own namespace
     * @param since since when it holds the name, by its own clock
     */
    public record Holder(String host, long pid, Instant since) implements java.io.Serializable {

        private static final long serialVersionUID = 1L;

        String describe() {
            return "host=" + Untrusted.escape(host) + " pid=" + pid + " since=" + since;
        }
    }
}
