package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.client.Client;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.BrokerUnderTest;
import io.holdfast.it.broker.Brokers;
import io.holdfast.it.program.ProcessProgram;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code holdfast hold} with a file store is killed (SIGKILL) and started again by nothing but its command line: the counters that it
 * publishes arrive without a gap and without a duplicate. {@code -Dit.hold.seed=N} for the moments of an earlier run.
 */
class KilledHoldIT {

    private static final int KILLS = 3;
    private static final int LONGEST_MILLIS = 1_500;
    private static final long SEED = Long.getLong("it.hold.seed", new Random().nextInt(1_000_000));
    private static final String NAME = "held";
    private static final Topic COUNTERS = Topic.of("counters-of-held");
    private static final Topic END = Topic.of("end-of-held");

    @TempDir
    Path folder;

    private final CounterCheck arrivals = new CounterCheck(NAME);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void the_counters_of_a_killed_hold_have_no_gap_and_no_duplicate() throws Exception {
        System.err.println("== killed hold: -Dit.hold.seed=" + SEED);
        Random random = new Random(SEED);
        Transitions says = new Transitions();
        try (BrokerUnderTest broker = Brokers.start(BrokerSettings.DEFAULTS);
                Client reader =
                        Traffic.client("reader-of-held", says, broker.uri()).build()) {
            subscribe(reader);
            try (HoldProgram<ProcessProgram> hold = HoldProgram.inProcess(
                    folder, configuration(broker.uri()), "--publish", COUNTERS.toString(), "--rate", "2000")) {
                long published = 0;
                int mark = 0;
                for (int kill = 1; kill <= KILLS; kill++) {
                    // at any time from before its first word to the broker on
                    hold.await(mark, line -> true, "it says nothing");
                    Thread.sleep(random.nextInt(LONGEST_MILLIS));
                    hold.program().kill();
                    published += hold.most(mark, "published");
                    mark = hold.mark();
                    hold.program().startAgain();
                }
                hold.awaitConnected(mark);
                JsonNode summary = hold.end();
                published += summary.get("published").asLong();

                assertThat(summary.get("pending").asLong()).as("unconfirmed").isZero();
                assertThat(summary.get("refused").asLong()).as("not taken").isZero();
                awaitEverything(reader);
                assertThat(arrivals.repeats()).as("doubled, or out of order").isEmpty();
                assertThat(arrivals.gaps()).as("left out").isEmpty();
                assertThat(arrivals.last())
                        .as("the last of what it told that it published")
                        .isGreaterThanOrEqualTo(published);
                assertThat(says.failures()).isEmpty();
            }
        }
    }

    private static String configuration(String uri) {
        return """
                holdfast.servers = %s
                holdfast.client.name = %s
                holdfast.publish.store = file
                holdfast.backoff.initial = 50ms
                """.formatted(uri, NAME);
    }

    private void subscribe(Client reader) {
        reader.connect(Traffic.PATIENCE);
        reader.subscribe(
                SubscribeRequest.builder(Topic.of("^(counters|end)-of-held$"))
                        .bookmark(Bookmark.EPOCH)
                        .build(),
                message -> {
                    if (message.topic().equals(END)) {
                        ended.countDown();
                    } else {
                        arrivals.onMessage(message);
                    }
                },
                Traffic.PATIENCE);
    }

    /** The subscription follows the broker's log, in which this is the last message. */
    private void awaitEverything(Client reader) throws InterruptedException {
        var unused = reader.publish(END, Payload.utf8("end"));
        assertThat(ended.await(Traffic.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
