package io.holdfast.ha.internal.store;

import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.time.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;

/** What the tests of stores have in common: one store at a time, on a clock that stands still. */
final class StoreFixture {

    static final String NAME = "orders";
    static final String SERVER = "tcp://amps1:9007";
    static final Duration SECOND = Duration.ofSeconds(1);

    final ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    final PublishStoreOptions options;
    final Path folder;
    ManualStoreThread thread = new ManualStoreThread();

    /** In files if there is a folder. */
    StoreFixture(PublishStoreOptions options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    static StoreFixture file(Path folder) {
        return file(folder, PublishStoreOptions.Sync.ALWAYS);
    }

    static StoreFixture file(Path folder, PublishStoreOptions.Sync sync) {
        return new StoreFixture(PublishStoreOptions.file().sync(sync).segmentBytes(4096), folder);
    }

    PublishStore open() {
        return open(7);
    }

    PublishStore open(long seed) {
        return switch (options.kind()) {
            case NONE -> PublishStores.none(options.maxMessages(), clock, new SplittableRandom(seed));
            case MEMORY -> PublishStores.memory(options, clock, new SplittableRandom(seed));
            case FILE -> {
                thread = new ManualStoreThread();
                yield PublishStores.file(options, folder, NAME, thread, clock, new SplittableRandom(seed));
            }
        };
    }

    static PublishRequest request(String text) {
        return PublishRequest.of(Topic.of("t"), Payload.utf8(text));
    }

    static PublishRequest request(String text, int length) {
        return request(text + "-".repeat(length - text.length()));
    }

    /** Takes the store's next messages to the wire, as many as this. */
    static List<Long> write(PublishStore store, int most) {
        List<Long> sequences = new ArrayList<>();
        for (StoredPublish entry : store.nextToWrite(most, Long.MAX_VALUE)) {
            long sequence = store.sequenceOf(entry);
            store.wrote(entry, sequence);
            sequences.add(sequence);
        }
        return sequences;
    }

    /** What would be written now, in order, and nothing changes. */
    static List<String> waiting(PublishStore store) {
        List<String> texts = new ArrayList<>();
        for (StoredPublish entry : store.nextToWrite(Integer.MAX_VALUE, Long.MAX_VALUE)) {
            texts.add(entry.id() + " " + text(store, entry));
        }
        return texts;
    }

    static String text(PublishStore store, StoredPublish entry) {
        PublishRequest request = store.read(entry);
        return request == null ? "gone" : request.payload().utf8().replaceAll("-+$", "");
    }

    /** Tells nobody, and forgets. */
    static List<Long> forget(PublishStore store, StoredPublish chain) {
        List<Long> ids = new ArrayList<>();
        StoredPublish entry = chain;
        while (entry != null) {
            StoredPublish next = entry.unlink();
            store.forget(entry);
            ids.add(entry.id());
            entry = next;
        }
        return ids;
    }

    /** Logs on, before anything is written. */
    static void logon(PublishStore store, long held) {
        if (store.logon(SERVER, held) != null) {
            throw new AssertionError("foreign: " + held);
        }
        try {
            store.startWriting().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }
}
