package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.internal.journal.FileLog;
import io.holdfast.broker.internal.journal.FileLogOptions;
import io.holdfast.broker.internal.journal.LogCursor;
import io.holdfast.broker.internal.journal.LogRecord;
import io.holdfast.client.Client;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.BrokerUnderTest;
import io.holdfast.it.broker.Brokers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker is killed with {@code kill -9} at random moments while it is published to. Every message that was acknowledged as persisted is in
 * its log once, in order, and every record checks out. {@code -Dit.crash.rounds=N} for more rounds than ten,
 * {@code -Dit.crash.seed=S} for the moments of an earlier run (how far the load had come by then is the machine's affair).
 */
class CrashIT {

    private static final int ROUNDS = Integer.getInteger("it.crash.rounds", 10);
    private static final long SEED = Long.getLong("it.crash.seed", new Random().nextInt());
    private static final int MOST_MILLIS = 700;
    private static final Topic TOPIC = Topic.of("crash");

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private long published;

    @Test
    void every_acknowledged_message_is_there_once_and_in_order_however_often_the_broker_is_killed() throws Exception {
        System.err.println("CrashIT: rounds=" + ROUNDS + " seed=" + SEED);
        List<Long> kept = List.of();
        for (int round = 1; round <= ROUNDS; round++) {
            publishUntilKilled();
            kept = inTheLog();
            assertThat(kept).as("round %d, seed %d", round, SEED).isSorted().doesNotHaveDuplicates();
            List<Long> lost = new ArrayList<>(acknowledged);
            lost.removeAll(Set.copyOf(kept));
            assertThat(lost).as("round %d, seed %d", round, SEED).isEmpty();
        }
        assertThat(acknowledged).as("a run that shows anything").hasSizeGreaterThan(10 * ROUNDS);
        assertThat(replayed(kept.size())).isEqualTo(kept);
        System.err.println(
                "CrashIT: published=" + published + " acknowledged=" + acknowledged.size() + " kept=" + kept.size());
    }

    private BrokerUnderTest broker() {
        return Brokers.startProcess(BrokerSettings.DEFAULTS.withFlags(
                "--data=" + folder.resolve("data"), "--journal-segment=256k", "--journal-retain=64g"));
    }

    private void publishUntilKilled() throws InterruptedException {
        try (BrokerUnderTest broker = broker();
                Client client = Clients.connected(broker.uri(), "crash")) {
            int millis = random.nextInt(MOST_MILLIS);
            Thread killer = new Thread(() -> {
                pause(millis);
                broker.kill();
            });
            killer.start();
            try {
                while (true) {
                    publish(client);
                }
            } catch (MessagingException e) {
                // it is dead
            }
            killer.join();
        }
    }

    private void publish(Client client) {
        long number = ++published;
        client.publish(TOPIC, Payload.of(Long.toString(number).getBytes(StandardCharsets.UTF_8)))
                .persisted()
                .whenComplete((sequence, lost) -> {
                    if (lost == null) {
                        acknowledged.add(number);
                    }
                });
        if (random.nextInt(100) == 0) {
            client.flushAsync().exceptionally(lost -> null); // acks come at once, not after a second
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens what the dead broker left: that checks every record, and cuts off what was half written. */
    private List<Long> inTheLog() {
        List<Long> numbers = new ArrayList<>();
        FileLogOptions options = FileLogOptions.in(folder.resolve("data"), "check");
        try (FileLog log = FileLog.open(options, InstantSource.system(), Runnable::run);
                LogCursor cursor = log.cursor(1)) {
            List<LogRecord> some = cursor.read(1_000, 1 << 20);
            while (!some.isEmpty()) {
                some.forEach(record -> numbers.add(number(record.body())));
                some = cursor.read(1_000, 1 << 20);
            }
            assertThat(numbers).hasSize((int) log.lastIndex());
        }
        return numbers;
    }

    /** What a subscriber gets from the beginning. */
    private List<Long> replayed(int count) throws InterruptedException {
        List<Long> numbers = new ArrayList<>();
        BlockingQueue<Long> arrived = new LinkedBlockingQueue<>();
        try (BrokerUnderTest broker = broker();
                Client client = Clients.connected(broker.uri(), "reader")) {
            client.subscribe(
                    SubscribeRequest.builder(TOPIC).bookmark(Bookmark.EPOCH).build(),
                    message -> arrived.add(Long.parseLong(message.payload().utf8())),
                    Clients.PATIENCE);
            while (numbers.size() < count) {
                Long next = arrived.poll(Clients.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(next)
                        .as("after %d of %d messages", numbers.size(), count)
                        .isNotNull();
                numbers.add(next);
            }
        }
        return numbers;
    }

    private static long number(byte[] body) {
        return Long.parseLong(new String(body, StandardCharsets.UTF_8));
    }
}
