package io.holdfast.ha.internal.store;

import io.holdfast.client.error.StoreException;
import io.holdfast.client.spi.Clock;
import io.holdfast.ha.store.PublishStoreOptions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** Opens publish stores. */
public final class PublishStores {

    /** The folders in which the stores of a name are, beside each other. */
    public static final String PUBLISH = "publish";

    /** See {@link #PUBLISH}. */
    public static final String BOOKMARK = "bookmark";

    private PublishStores() {}

    /**
     * A store that keeps no messages.
     *
     * @param maxMessages the most that may be unconfirmed
     */
    public static PublishStore none(int maxMessages, Clock clock, RandomGenerator random) {
        return new PublishStore(MemoryLog.keepingNothing(tag(random)), maxMessages, Long.MAX_VALUE, clock);
    }

    /** A store in memory. */
    public static PublishStore memory(PublishStoreOptions options, Clock clock, RandomGenerator random) {
        return new PublishStore(MemoryLog.keeping(tag(random)), options.maxMessages(), options.maxBytes(), clock);
    }

    /**
     * A store in files, with what it held before.
     *
     * @param folder made if it is missing, and locked
     * @param thread the store's own; it ends with the store
     * @throws io.holdfast.client.error.StoreException if it cannot be had
     */
    public static PublishStore file(
            PublishStoreOptions options,
            Path folder,
            String clientName,
            StoreThread thread,
            Clock clock,
            RandomGenerator random) {
        FileLog log = FileLog.open(folder, clientName, options, thread, clock, tag(random));
        return new PublishStore(log, options.maxMessages(), options.maxBytes(), clock);
    }

    /**
     * Whether the stores of a name hold a message that is not settled, or something that cannot be told from one. Only reads.
     *
     * @param stores where a name's stores are kept; it need not exist
     * @param clientName the name
     */
    public static boolean holdMessages(Path stores, String clientName) throws IOException {
        if (!Files.exists(stores)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(stores)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                boolean empty = name.equals(BOOKMARK) || (name.equals(PUBLISH) && isEmpty(entry, clientName));
                if (!empty) {
                    return true;
                }
            }
            return false;
        } catch (NotDirectoryException e) {
            return true;
        }
    }

    private static boolean isEmpty(Path folder, String clientName) throws IOException {
        RecoveredMessages found = new RecoveredMessages(millis -> 0);
        try {
            for (Segment segment :
                    LogRecovery.looking(folder, clientName, found).read().values()) {
                segment.file().close();
            }
            return found.messages().isEmpty();
        } catch (StoreException | NotDirectoryException e) {
            return false;
        }
    }

    private static int tag(RandomGenerator random) {
        return random.nextInt(SequenceSource.TAGS);
    }
}
