package io.holdfast.ha.internal.client;

import io.holdfast.client.Limits;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.error.StoreException.Trouble;
import io.holdfast.client.publish.FailedWriteHandler;
import io.holdfast.client.publish.InDoubtPolicy;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.internal.driver.Engine;
import io.holdfast.ha.internal.store.PublishStore;
import io.holdfast.ha.internal.store.PublishStores;
import io.holdfast.ha.internal.store.StoreThread;
import io.holdfast.ha.store.PublishStoreOptions;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a client publishes with.
 *
 * @param store what is not confirmed; closed with the client
 * @param replay writes what is stored, and reads it from where it is; one task at a time
 * @param policies what is done when something does not fit, or fails
 */
public record PublishSetup(PublishStore store, Executor replay, Policies policies) {

    /**
     * What is done when something does not fit, or fails.
     *
     * @param storeFull what a publish does that finds no room
     * @param inDoubt what becomes of messages in doubt
     * @param failedWrites who gets failed publishes; {@code null} for the listener
     */
    public record Policies(
            StoreFullPolicy storeFull,
            InDoubtPolicy inDoubt,
            @Nullable FailedWriteHandler failedWrites) {

        /** Waits, holds, tells the listener. */
        public static final Policies DEFAULTS = new Policies(StoreFullPolicy.BLOCK, InDoubtPolicy.HOLD, null);
    }

    /**
     * Opens the store.
     *
     * @param nameFolder the folder of the client's held name; {@code null} if there is none
     * @throws StoreException if it cannot be had
     */
    public static PublishSetup open(
            PublishStoreOptions options,
            @Nullable Path nameFolder,
            String clientName,
            Limits limits,
            Engine engine,
            Policies policies) {
        return switch (options.kind()) {
            case NONE ->
                new PublishSetup(
                        PublishStores.none(limits.publishesInFlight(), engine.clock(), engine.random()),
                        engine.executor(),
                        policies);
            case MEMORY ->
                new PublishSetup(
                        PublishStores.memory(options, engine.clock(), engine.random()), engine.executor(), policies);
            case FILE -> {
                Path folder = folder(options, nameFolder);
                StoreThread thread = engine.thread() == null
                        ? StoreThread.borrowed(engine.executor(), engine.scheduler())
                        : StoreThread.start(clientName);
                boolean opened = false;
                try {
                    PublishStore store =
                            PublishStores.file(options, folder, clientName, thread, engine.clock(), engine.random());
                    opened = true;
                    yield new PublishSetup(store, thread, policies);
                } finally {
                    if (!opened) {
                        thread.end(java.time.Duration.ZERO);
                    }
                }
            }
        };
    }

    private static Path folder(PublishStoreOptions options, @Nullable Path nameFolder) {
        if (options.folder() != null) {
            return options.folder();
        }
        if (nameFolder == null) {
            throw new StoreException(
                    "publish",
                    Trouble.UNAVAILABLE,
                    "this client's name has no folder to keep it in",
                    "set holdfast.identity.mode=persistent, give the store a folder, or use another store",
                    null);
        }
        return nameFolder.resolve("stores").resolve(PublishStores.PUBLISH);
    }
}
