package io.holdfast.it.ha;

import io.holdfast.client.Client;
import io.holdfast.client.message.Topic;
import io.holdfast.ha.store.PublishStoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The program that {@link KilledClientIT} kills: publishes 1, 2, 3, ... from a file store, and records each call as it is begun and as it
 * returns. Started again it goes on behind the last call that was begun. It ends when told to by a line of standard input, with
 * everything confirmed.
 */
public final class CountingPublisher {

    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos() / 2_000;

    private final Client client;
    private final Topic topic;
    private final CallRecord calls;

    private CountingPublisher(Client client, Topic topic, CallRecord calls) {
        this.client = client;
        this.topic = topic;
        this.calls = calls;
    }

    /** Arguments: the broker's URI, the client name, the topic, the store's folder, the file of the record. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[3]);
        try (Client client = Traffic.client(arguments[1], new Transitions(), arguments[0])
                .publishStore(PublishStoreOptions.file().folder(folder))
                .build()) {
            var unused = client.connectAsync(); // what is published before that is stored
            new CountingPublisher(client, Topic.of(arguments[2]), CallRecord.in(Path.of(arguments[4]))).run();
            client.publishFlush(Traffic.PATIENCE);
        }
    }

    private void run() throws Exception {
        long due = System.nanoTime();
        for (long n = calls.begun() + 1; System.in.available() == 0; n++) {
            calls.begin(n);
            client.publish(topic, CounterCheck.payload(client.name(), n));
            calls.returned(n);
            due += INTERVAL_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }
}
