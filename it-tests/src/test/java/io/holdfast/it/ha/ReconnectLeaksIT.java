package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.holdfast.broker.BrokerConfig;
import io.holdfast.broker.JournalOptions;
import io.holdfast.broker.ReferenceBroker;
import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientState;
import io.holdfast.client.StateChange;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.ha.HoldfastClient;
import io.holdfast.ha.reconnect.BackOff;
import io.holdfast.ha.store.BookmarkStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One client through hundreds of connections, with everything it can have in files: nothing of the old ones stays, on either side.
 * {@code -Dit.reconnects=1000} for more.
 */
class ReconnectLeaksIT {

    private static final int ROUNDS = Integer.getInteger("it.reconnects", 300);
    private static final String NAME = "restless";
    private static final Topic TOPIC = Topic.of("resources");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private int published;

    @Test
    void threads_descriptors_and_direct_memory_stay_where_they_were_over_hundreds_of_reconnects(@TempDir Path folder)
            throws Exception {
        BrokerConfig config = BrokerConfig.builder()
                .data(folder.resolve("broker"))
                .journal(JournalOptions.DEFAULTS)
                .build();
        try (ReferenceBroker broker = ReferenceBroker.start(config)) {
            Set<String> before = threads();
            try (Client client = client(broker, folder)) {
                client.connect(PATIENCE);
                client.subscribe(
                        SubscribeRequest.builder(TOPIC)
                                .bookmark(Bookmark.MOST_RECENT)
                                .build(),
                        message -> received.incrementAndGet(),
                        PATIENCE);
                reconnect(client, broker, 50); // classes, pools and caches are there from here on
                Held held = Held.now();

                reconnect(client, broker, ROUNDS);

                Held after = Held.now();
                assertThat(after.threads()).as("threads").isEqualTo(held.threads());
                assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(held.descriptors() + 2);
                assertThat(after.directBytes()).as("direct memory").isLessThanOrEqualTo(held.directBytes() + (8 << 20));
            }
            assertThat(threads()).as("threads when the client is closed").isEqualTo(before);
        }
        assertThat(received.get()).as("messages, each once").isEqualTo(published);
    }

    private Client client(ReferenceBroker broker, Path folder) {
        return HoldfastClient.builder()
                .name(NAME)
                .server(broker.uri())
                .backOff(BackOff.constant(Duration.ofMillis(1)))
                .publishStore(PublishStoreOptions.file().folder(folder.resolve("publish")))
                .bookmarkStore(BookmarkStoreOptions.file().folder(folder.resolve("bookmark")))
                .listener(new ClientListener() {
                    @Override
                    public void onStateChange(Client client, StateChange change) {
                        if (change.to() == ClientState.PROBATION) {
                            sessions.incrementAndGet();
                        }
                    }
                })
                .build();
    }

    private void reconnect(Client client, ReferenceBroker broker, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            int known = sessions.get();
            client.publish(TOPIC, Payload.utf8("x"));
            published++;
            assertThat(i % 2 == 0 ? broker.faults().drop(NAME) : broker.faults().reset(NAME))
                    .isEqualTo(1);
            Waiting.until(() -> sessions.get() > known, PATIENCE, () -> "no session after " + known);
        }
        client.publishFlush(PATIENCE);
        Waiting.until(() -> received.get() == published, PATIENCE, () -> received + " of " + published + " messages");
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("holdfast-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a process must not run out of. */
    private record Held(Set<String> threads, long descriptors, long directBytes) {

        static Held now() {
            UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Held(threadsThatStay(), system.getOpenFileDescriptorCount(), direct);
        }

        /** A look-up has its thread for a moment. */
        private static Set<String> threadsThatStay() {
            Set<String> all = ReconnectLeaksIT.threads();
            all.removeIf(name -> name.startsWith("holdfast-lookup-"));
            return all;
        }
    }
}
