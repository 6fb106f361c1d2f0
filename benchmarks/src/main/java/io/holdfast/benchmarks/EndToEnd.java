package io.holdfast.benchmarks;

import io.holdfast.client.Client;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.Limits;
import io.holdfast.client.Reconnect;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.ha.HoldfastClient;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The whole path: a publisher and a subscriber in this process, the broker in a process of its own, so that CPU and allocation
 * are the client's alone. Prints one line of JSON.
 *
 * <p>Throughput is measured as fast as back-pressure lets the publisher go. Round trips are measured at a fixed rate, from the
 * time a message was due, so that a stall counts against every message it delayed.
 */
public final class EndToEnd {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Topic TOPIC = Topic.of("benchmark");

    private final Client publisher;
    private final Client subscriber;
    private final Arguments arguments;

    private volatile Arrivals arrivals = new Arrivals(0);

    private EndToEnd(Client publisher, Client subscriber, Arguments arguments) {
        this.publisher = publisher;
        this.subscriber = subscriber;
        this.arguments = arguments;
    }

    /** Runs it; see {@link Arguments#USAGE}. */
    public static void main(String[] words) throws Exception {
        Arguments arguments = Arguments.parse(words);
        try (BrokerProcess broker = BrokerProcess.start();
                Client publisher = client(broker.uri(), "benchmark-publisher");
                Client subscriber = client(broker.uri(), "benchmark-subscriber")) {
            System.out.println(new EndToEnd(publisher, subscriber, arguments).run());
        }
    }

    private static Client client(String uri, String name) {
        Client client = HoldfastClient.builder()
                .server(uri)
                .name(name)
                .options(ClientOptions.DEFAULTS.with(Limits.DEFAULTS).with(Reconnect.never()))
                .build();
        client.connect(PATIENCE);
        return client;
    }

    private String run() throws InterruptedException {
        subscriber.subscribe(
                SubscribeRequest.to(TOPIC),
                message -> arrivals.arrived(message.payload().asByteBuffer().getLong(0)),
                PATIENCE);
        throughput(arguments.messages() / 2); // warm-up
        Usage before = Usage.now();
        double seconds = throughput(arguments.messages());
        Usage used = Usage.now().since(before);
        Histogram roundTrips = roundTrips();
        return String.format(
                Locale.ROOT,
                "{\"messages\":%d,\"payload_bytes\":%d,\"messages_per_s\":%.0f,\"client_cpu_us_per_message\":%.2f,"
                        + "\"allocated_bytes_per_message\":%.1f,\"rate_per_s\":%d,\"round_trip_us\":"
                        + "{\"p50\":%.0f,\"p99\":%.0f,\"p99.9\":%.0f,\"max\":%.0f},\"java\":\"%s\",\"cores\":%d}",
                arguments.messages(),
                arguments.payloadBytes(),
                arguments.messages() / seconds,
                used.cpuNanos() / 1e3 / arguments.messages(),
                (double) used.allocatedBytes() / arguments.messages(),
                arguments.rate(),
                roundTrips.getValueAtPercentile(50) / 1e3,
                roundTrips.getValueAtPercentile(99) / 1e3,
                roundTrips.getValueAtPercentile(99.9) / 1e3,
                roundTrips.getMaxValue() / 1e3,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
    }

    private double throughput(int messages) throws InterruptedException {
        arrivals = new Arrivals(messages);
        byte[] body = new byte[arguments.payloadBytes()];
        Payload payload = Payload.wrap(body);
        long start = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            publisher.publish(TOPIC, payload);
        }
        arrivals.await();
        return (System.nanoTime() - start) / 1e9;
    }

    private Histogram roundTrips() throws InterruptedException {
        int messages = arguments.rate() * arguments.seconds();
        arrivals = new Arrivals(messages);
        byte[] body = new byte[arguments.payloadBytes()];
        long interval = TimeUnit.SECONDS.toNanos(1) / arguments.rate();
        long due = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            due += interval;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            for (int b = 0; b < Long.BYTES; b++) {
                body[b] = (byte) (due >>> (56 - 8 * b));
            }
            publisher.publish(TOPIC, Payload.of(body));
        }
        arrivals.await();
        return arrivals.histogram;
    }

    /** Counts down what a phase waits for; called on the subscriber's lane only. */
    private static final class Arrivals {

        private final Histogram histogram = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
        private final CountDownLatch missing;

        Arrivals(int expected) {
            missing = new CountDownLatch(expected);
        }

        void arrived(long due) {
            if (due != 0) {
                histogram.recordValue(Math.min(System.nanoTime() - due, histogram.getHighestTrackableValue()));
            }
            missing.countDown();
        }

        void await() throws InterruptedException {
            if (!missing.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(missing.getCount() + " messages did not arrive");
            }
        }
    }
}
