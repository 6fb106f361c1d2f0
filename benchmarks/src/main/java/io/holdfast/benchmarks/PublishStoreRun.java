package io.holdfast.benchmarks;

import com.sun.management.ThreadMXBean;
import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.StateChange;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.ha.HoldfastClient;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions.Sync;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What each publish store costs the threads that publish: messages of 200 bytes to a transport that swallows them, so that
 * nothing but the client is measured. One JSON line a store.
 */
public final class PublishStoreRun {

    private static final Topic TOPIC = Topic.of("orders");
    private static final PublishRequest REQUEST = PublishRequest.of(TOPIC, Payload.wrap(new byte[200]));

    private PublishStoreRun() {}

    /** Takes the number of messages for the stores that do not wait for a disk; the others get a hundredth. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int messages = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
        Path folder = Files.createTempDirectory("holdfast-publish-store");
        measure("warm-up", PublishStoreOptions.memory(), 1, messages);
        measure("none", PublishStoreOptions.none(), 1, messages);
        measure("memory", PublishStoreOptions.memory(), 1, messages);
        measure("file never", file(folder, "a", Sync.NEVER), 1, messages);
        measure("file interval", file(folder, "b", Sync.INTERVAL), 1, messages);
        measure("file always", file(folder, "c", Sync.ALWAYS), 1, messages / 100);
        measure("file always, 8 threads", file(folder, "d", Sync.ALWAYS), 8, messages / 100);
    }

    private static PublishStoreOptions file(Path folder, String name, Sync sync) {
        return PublishStoreOptions.file().sync(sync).folder(folder.resolve(name));
    }

    private static void measure(String name, PublishStoreOptions store, int threads, int messages)
            throws InterruptedException {
        try (SwallowingConnector connector = new SwallowingConnector();
                Client client = HoldfastClient.builder()
                        .name("store-run")
                        .server("tcp://nowhere:9007/amps/json")
                        .connector(connector)
                        .publishStore(store)
                        .listener(new Quiet())
                        .build()) {
            client.connect(Duration.ofSeconds(10));
            AtomicLong allocated = new AtomicLong();
            List<Thread> publishers = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < threads; i++) {
                Thread thread = new Thread(() -> allocated.addAndGet(publish(client, messages / threads)));
                publishers.add(thread);
                thread.start();
            }
            for (Thread thread : publishers) {
                thread.join();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            client.publishFlush(Duration.ofSeconds(30));
            int published = messages / threads * threads;
            System.out.println(String.format(
                    Locale.ROOT,
                    "{\"store\":\"%s\",\"messages\":%d,\"messages_per_s\":%.0f,\"us_per_publish\":%.2f,"
                            + "\"allocated_bytes_per_publish\":%.0f}",
                    name,
                    published,
                    published / seconds,
                    seconds * 1e6 * threads / published,
                    (double) allocated.get() / published));
        }
    }

    private static long publish(Client client, int messages) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < messages; i++) {
            client.publish(REQUEST);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Says nothing. */
    private static final class Quiet implements ClientListener {
        @Override
        public void onStateChange(Client client, StateChange change) {
            // the figures are the output
        }
    }
}
