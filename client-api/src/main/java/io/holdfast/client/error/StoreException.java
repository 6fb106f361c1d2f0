package io.holdfast.client.error;

import io.holdfast.client.message.SequenceNumber;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A durable store (of publishes, of bookmarks) cannot be opened or written. What is in its files was not changed, but for {@link
 * Trouble#NOT_DURABLE}.
 */
public final class StoreException extends MessagingException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final Trouble trouble;
    private final long publishId;
    private final transient @Nullable Supplier<CompletionStage<SequenceNumber>> persisted;

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
        this.publishId = 0;
        this.persisted = null;
    }

    /**
     * A message that is stored, but not known to be on the disk.
     *
     * @param path the folder of the store
     * @param publishId its id in the store
     * @param persisted its {@link io.holdfast.client.publish.PublishResult#persisted()}
     * @param cause why it is not known
     */
    public StoreException(
            String path, long publishId, Supplier<CompletionStage<SequenceNumber>> persisted, Throwable cause) {
        super(
                "store " + Untrusted.escape(path) + " is " + Trouble.NOT_DURABLE + ": publish with id " + publishId
                        + " is stored and may have been sent, but is not known to be on the disk; do not publish it again,"
                        + " its result tells what becomes of it",
                cause);
        this.path = path;
        this.trouble = Trouble.NOT_DURABLE;
        this.publishId = publishId;
        this.persisted = persisted;
    }

    /** Its file or folder. */
    public String path() {
        return path;
    }

    /** The kind of trouble. */
    public Trouble trouble() {
        return trouble;
    }

    /** With {@link Trouble#NOT_DURABLE} from a publish: {@link io.holdfast.client.publish.PublishResult#id()}. */
    public OptionalLong publishId() {
        return publishId == 0 ? OptionalLong.empty() : OptionalLong.of(publishId);
    }

    /**
     * With {@link Trouble#NOT_DURABLE} from a publish: what {@link io.holdfast.client.publish.PublishResult#persisted()} would have
     * given; empty if this was serialized since.
     */
    public Optional<CompletionStage<SequenceNumber>> persisted() {
        return Optional.ofNullable(persisted).map(Supplier::get);
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
         * may. A message whose publish failed so was not stored.
         */
        UNUSABLE,
        /** It was made under another client name. */
        OTHER_NAME,
        /** It holds what nobody wrote, and not just an unfinished end. */
        DAMAGED,
        /**
         * A message was stored and may have been sent, but the disk did not say in time, or failed to, that it would outlive a power
         * failure. Publishing it again would double it; it is sent and confirmed like any other, see {@link #persisted()}.
         */
        NOT_DURABLE,
        /** A later version of the SDK wrote it, or it is no store at all. */
        FOREIGN
    }
}
