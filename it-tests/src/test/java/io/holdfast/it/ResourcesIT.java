package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.holdfast.client.Client;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.BrokerUnderTest;
import io.holdfast.it.broker.Brokers;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A thousand clients come and go, and nothing of them stays. */
class ResourcesIT {

    private static final int ROUNDS = 1_000;
    private static final Topic TOPIC = Topic.of("resources");

    @Test
    void threads_descriptors_and_direct_memory_are_back_to_the_start_after_a_thousand_clients() throws Exception {
        try (BrokerUnderTest broker = Brokers.start(BrokerSettings.DEFAULTS)) {
            for (int i = 0; i < 20; i++) {
                liveOnce(broker); // loads classes, fills the pools that stay
            }
            awaitSettled();
            Resources before = Resources.now();

            for (int i = 0; i < ROUNDS; i++) {
                liveOnce(broker);
            }

            awaitSettled();
            Resources after = Resources.now();
            assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads());
            assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors() + 2);
            assertThat(after.directBytes()).as("direct memory").isLessThanOrEqualTo(before.directBytes() + (8 << 20));
        }
    }

    private static void liveOnce(BrokerUnderTest broker) {
        try (Client client = Clients.connected(broker.uri(), "guest")) {
            client.subscribe(SubscribeRequest.to(TOPIC), message -> {}, Clients.PATIENCE);
            client.publish(TOPIC, Payload.utf8("hello"));
            client.publishFlush(Clients.PATIENCE);
        }
    }

    /** The threads of the last client may still be on their way out when its close has returned the borrowed ones. */
    private static void awaitSettled() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < deadline
                && Thread.getAllStackTraces().keySet().stream().anyMatch(ResourcesIT::isOurs)) {
            Thread.sleep(50);
        }
    }

    private static boolean isOurs(Thread thread) {
        return thread.getName().startsWith("holdfast-");
    }

    /** What a process must not run out of. */
    private record Resources(long threads, long descriptors, long directBytes) {

        static Resources now() {
            long ours = Thread.getAllStackTraces().keySet().stream()
                    .filter(ResourcesIT::isOurs)
                    .count();
            UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Resources(ours, system.getOpenFileDescriptorCount(), direct);
        }
    }
}
