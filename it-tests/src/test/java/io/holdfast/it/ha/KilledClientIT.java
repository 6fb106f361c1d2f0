package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.Client;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.BrokerUnderTest;
import io.holdfast.it.broker.Brokers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A publisher with a file store is killed (SIGKILL) at a random moment and started again under its name, over and over: every message that
 * {@code publish} had returned for arrives exactly once, in order. {@code -Dit.kill.rounds=50} for more rounds,
 * {@code -Dit.kill.seed=N} for the moments of an earlier run.
 */
class KilledClientIT {

    private static final int ROUNDS = Integer.getInteger("it.kill.rounds", 5);
    private static final long SEED = Long.getLong("it.kill.seed", new Random().nextInt(1_000_000));
    private static final int LONGEST_MILLIS = 1_500;
    private static final String NAME = "mortal";
    private static final Topic TOPIC = Topic.of("counters-of-mortal");

    @TempDir
    Path folder;

    private final CounterCheck arrivals = new CounterCheck(NAME);

    /** Counters whose call was begun and had not returned when the process was killed: these may arrive, or not. */
    private final Set<Long> undecided = new TreeSet<>();

    @Test
    @Timeout(900)
    void what_publish_had_returned_for_arrives_exactly_once() throws Exception {
        System.err.println("== killed client: -Dit.kill.seed=" + SEED + " -Dit.kill.rounds=" + ROUNDS);
        Random random = new Random(SEED);
        Transitions says = new Transitions();
        CallRecord calls = CallRecord.in(folder.resolve("calls"));
        try (BrokerUnderTest broker = Brokers.start(BrokerSettings.DEFAULTS);
                Client reader =
                        Traffic.client("reader-of-mortal", says, broker.uri()).build()) {
            reader.connect(Traffic.PATIENCE);
            SubscribeRequest request = SubscribeRequest.builder(TOPIC)
                    .bookmark(Bookmark.MOST_RECENT)
                    .build();
            reader.subscribe(request, arrivals, Traffic.PATIENCE);
            for (int round = 0; round < ROUNDS; round++) {
                Process publisher = start(broker.uri());
                // at any time from before its first word to the broker on
                awaitCalls(calls, publisher);
                Thread.sleep(random.nextInt(LONGEST_MILLIS));
                assertThat(publisher.isAlive()).as("%s", said()).isTrue();
                publisher.destroyForcibly();
                awaitEnd(publisher);
                if (calls.begun() != calls.returned()) {
                    undecided.add(calls.begun());
                }
            }
            Process last = start(broker.uri());
            awaitCalls(calls, last);
            try (OutputStream in = last.getOutputStream()) {
                in.write('\n');
            }
            awaitEnd(last);
            assertThat(last.exitValue()).as("%s", said()).isZero();

            Waiting.until(
                    () -> arrivals.last() >= calls.returned(),
                    Traffic.PATIENCE,
                    () -> "arrived up to " + arrivals.last() + " of " + calls.returned());
            check(calls);
            assertThat(says.failures()).isEmpty();
        }
    }

    private void check(CallRecord calls) {
        assertThat(arrivals.last()).as("published by nobody").isEqualTo(calls.begun());
        assertThat(arrivals.repeats()).as("doubled, or out of order").isEmpty();
        for (CounterCheck.Gap gap : arrivals.gaps()) {
            for (long n = gap.first(); n <= gap.last(); n++) {
                assertThat(undecided).as("publish had returned for %s", n).contains(n);
            }
        }
        System.err.printf(
                Locale.ROOT,
                "== killed client: seed %d, %d kills, %d messages; %d kills within a call of publish%n",
                SEED,
                ROUNDS,
                arrivals.last(),
                undecided.size());
    }

    private void awaitCalls(CallRecord calls, Process publisher) throws InterruptedException {
        long before = calls.returned();
        Waiting.until(
                () -> calls.returned() > before || !publisher.isAlive(),
                Traffic.PATIENCE,
                () -> "nothing published after " + before + "\n" + said());
    }

    private Process start(String uri) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CountingPublisher.class.getName(),
                uri,
                NAME,
                TOPIC.toString(),
                folder.resolve("store").toString(),
                folder.resolve("calls").toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("said").toFile()))
                .start();
    }

    private void awaitEnd(Process publisher) throws InterruptedException, IOException {
        assertThat(publisher.waitFor(Traffic.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("the publisher ends; %s", said())
                .isTrue();
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
