package io.holdfast.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.Brokers;
import io.holdfast.it.broker.RestartableBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A publisher at 5,000 messages a second and a subscriber, through faults that follow one upon the other: nothing is lost, doubled
 * or out of order. {@code -Dit.storm.faults=50} for more of them, {@code -Dit.storm.container=true} for a broker in a container,
 * {@code -Dit.storm.seed=N} for those of an earlier run, with the caveat that what they hit is up to the machine. The rate is printed; a fifth
 * of it is demanded, since a busy machine may not reach it.
 */
class FaultStormIT {

    private static final int FAULTS = Integer.getInteger("it.storm.faults", 20);
    private static final long SEED = Long.getLong("it.storm.seed", new Random().nextInt(1_000_000));
    private static final int RATE = 5_000;

    /** Three of four faults wait until what the one before did is over. */
    private static final double UPON_ANOTHER = 0.25;

    @TempDir
    Path folder;

    @Test
    @Timeout(900)
    void nothing_is_lost_doubled_or_out_of_order() throws Exception {
        Random random = new Random(SEED);
        boolean inFiles = random.nextBoolean();
        PublishStoreOptions store =
                inFiles ? PublishStoreOptions.file().folder(folder.resolve("store")) : PublishStoreOptions.memory();
        System.err.println("== storm: -Dit.storm.seed=" + SEED + " -Dit.storm.faults=" + FAULTS + ", publish store in "
                + (inFiles ? "files" : "memory"));
        try (RestartableBroker broker = broker();
                FaultProxy proxy = FaultProxy.before(broker.port());
                Traffic traffic = Traffic.of("storm", store, proxy.uri())) {
            SteadyPublisher publisher = SteadyPublisher.start(traffic, RATE);
            for (int i = 1; i <= FAULTS; i++) {
                Thread.sleep(100 + random.nextInt(400));
                Fault fault = Fault.any(random);
                fault.happen(broker, proxy, random);
                if (random.nextDouble() >= UPON_ANOTHER) {
                    traffic.awaitConnected();
                }
            }
            traffic.awaitConnected();
            Thread.sleep(Duration.ofSeconds(1).toMillis());
            double rate = publisher.stop();

            traffic.checkEverythingArrivedOnceAndInOrder();
            report(traffic, rate);
            assertThat(rate).as("messages a second").isGreaterThan(RATE / 5.0);
            assertThat(traffic.publisherSays().sessions())
                    .as("faults that hit a connection")
                    .isGreaterThan(FAULTS / 4);
        }
    }

    /** A process, unless asked: a container takes seconds to start again, and twenty faults of those minutes. */
    private static RestartableBroker broker() {
        return Boolean.getBoolean("it.storm.container")
                ? Brokers.startRestartable()
                : Brokers.startProcess(BrokerSettings.DEFAULTS.withLogOnDisk());
    }

    private static void report(Traffic traffic, double rate) {
        System.err.printf(
                Locale.ROOT,
                "== storm: seed %d, %d faults, %d messages at %.0f/s, sessions: publisher %d, subscriber %d; replayed"
                        + " and dropped %d%n",
                SEED,
                FAULTS,
                traffic.published(),
                rate,
                traffic.publisherSays().sessions(),
                traffic.subscriberSays().sessions(),
                traffic.subscription().duplicates());
    }
}
