package io.holdfast.ha.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Limits;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.connect.FakeConnection;
import io.holdfast.testkit.connect.FakeConnection.SentPublish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real threads publish while a broker takes, confirms, blocks, cuts and comes back, each by a seed: every message arrives once, in
 * the order of the ids, which is that of each thread's calls, and every result is told. A failure names its seed, which
 * {@code -Dinterleaving.seed=} runs again; the threads' timing is not part of it.
 */
class PublisherInterleavingTest {

    private static final int SEEDS = Integer.getInteger("interleaving.seeds", 150);
    private static final int PUBLISHERS = 3;
    private static final int MESSAGES = 40;

    @TempDir
    Path temp;

    @Test
    void with_a_store_in_memory_nothing_is_lost_doubled_or_reordered() {
        Long only = Long.getLong("interleaving.seed");
        for (long seed = only == null ? 1 : only; seed <= (only == null ? SEEDS : only); seed++) {
            new Run(seed, PublishStoreOptions.memory()).check();
        }
    }

    @Test
    void with_a_store_in_files_nothing_is_lost_doubled_or_reordered() {
        Long only = Long.getLong("interleaving.seed");
        for (long seed = only == null ? 1 : only; seed <= (only == null ? SEEDS / 5 : only); seed++) {
            PublishStoreOptions file = PublishStoreOptions.file()
                    .segmentBytes(4096)
                    .sync(PublishStoreOptions.Sync.NEVER)
                    .folder(temp.resolve("s" + seed));
            new Run(seed, file).check();
        }
    }

    /** One seed. */
    private static final class Run {

        private final long seed;
        private final SplittableRandom random;
        private final Story story;
        private final List<PublishResult> results = Collections.synchronizedList(new ArrayList<>());
        private final List<String> log = new ArrayList<>();
        private long held;
        private int takenHere;

        Run(long seed, PublishStoreOptions store) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            ClientOptions options =
                    ClientOptions.DEFAULTS.with(Limits.DEFAULTS.withPublishesInFlight(5 + random.nextInt(30)));
            story = Story.storing(
                            store.bounds(20 + random.nextInt(60), 1 << 20), PublishSetup.Policies.DEFAULTS, options)
                    .connect();
        }

        void check() {
            List<Thread> publishers = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                int number = i;
                Thread thread = new Thread(() -> publish(number));
                publishers.add(thread);
                thread.start();
            }
            while (publishers.stream().anyMatch(Thread::isAlive)) {
                step();
            }
            while (story.client.publishing().stored() > 0) {
                story.broker().roomFor(Long.MAX_VALUE);
                take(Integer.MAX_VALUE);
                story.broker().persist(held);
                Thread.onSpinWait();
            }
            verify();
            story.client.close(Story.SECOND);
        }

        private void publish(int number) {
            for (int i = 0; i < MESSAGES; i++) {
                results.add(story.publish(number + "." + i));
                if ((i & 7) == number) {
                    Thread.onSpinWait();
                }
            }
        }

        private void step() {
            switch (random.nextInt(8)) {
                case 0, 1 -> take(random.nextInt(20));
                case 2, 3 -> {
                    take(random.nextInt(20));
                    story.broker().persist(held);
                }
                case 4 -> story.broker().roomFor(random.nextInt(6));
                case 5 -> story.broker().roomFor(Long.MAX_VALUE);
                case 6 -> {
                    if (random.nextInt(4) == 0) {
                        cut();
                    }
                }
                default -> Thread.onSpinWait();
            }
        }

        private void cut() {
            story.broker().disconnect(DisconnectCause.PEER_RESET);
            take(random.nextInt(30)); // what arrived all the same
            takenHere = 0;
            story.connector.lastSequence(held);
            story.time.advance(Duration.ofSeconds(30));
        }

        /** The broker takes some more of what was written: what is not above what it holds it drops. */
        private void take(int most) {
            FakeConnection broker = story.broker();
            List<SentPublish> written = broker.published();
            int through = (int) Math.min(written.size(), (long) takenHere + most);
            for (SentPublish sent : written.subList(Math.min(takenHere, through), through)) {
                if (sent.sequence().value() > held) {
                    held = sent.sequence().value();
                    log.add(sent.request().payload().utf8());
                }
            }
            takenHere = through;
        }

        private void verify() {
            String run = "seed " + seed;
            Map<String, Integer> last = new HashMap<>();
            for (String message : log) {
                int dot = message.indexOf('.');
                String publisher = message.substring(0, dot);
                int number = Integer.parseInt(message.substring(dot + 1));
                assertThat(number).as(run).isEqualTo(last.getOrDefault(publisher, -1) + 1);
                last.put(publisher, number);
            }
            assertThat(log).as(run).hasSize(PUBLISHERS * MESSAGES);
            assertThat(results).as(run).hasSize(PUBLISHERS * MESSAGES);
            for (PublishResult result : results) {
                assertThat(result.persisted().toCompletableFuture()).as(run).isCompletedWithValue(result.sequence());
            }
        }
    }
}
