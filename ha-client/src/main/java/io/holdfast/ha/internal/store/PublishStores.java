package io.holdfast.ha.internal.store;

import io.holdfast.client.spi.Clock;
import io.holdfast.ha.store.PublishStoreOptions;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** Opens publish stores. */
public final class PublishStores {

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

    private static int tag(RandomGenerator random) {
        return random.nextInt(SequenceSource.TAGS);
    }
}
