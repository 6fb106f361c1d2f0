package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.BrokerConfig;
import io.holdfast.broker.ReferenceBroker;
import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.Reconnect;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.Message;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.Acknowledgement;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.HoldfastClient;
import io.holdfast.ha.reconnect.BackOff;
import io.holdfast.ha.store.BookmarkStoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions that go on: over lost connections, a broker that restarts, and clients that end and come back. */
class BookmarkResumeIT {

    private static final Topic TOPIC = Topic.of("orders");
    private static final SubscriptionId ID = SubscriptionId.of("orders-to-ledger");

    @TempDir
    Path temp;

    private ReferenceBroker broker;
    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        broker = ReferenceBroker.start(config(0));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private BrokerConfig config(int port) {
        return BrokerConfig.builder().port(port).data(temp.resolve("broker")).build();
    }

    private void restartBroker() {
        int port = broker.port();
        broker.close();
        broker = ReferenceBroker.start(config(port));
    }

    private Client subscriber() {
        Client client = HoldfastClient.builder()
                .server(broker.uri())
                .name("ledger")
                .options(ClientOptions.DEFAULTS.with(Reconnect.always()))
                .backOff(BackOff.constant(Duration.ofMillis(50)))
                .bookmarkStore(BookmarkStoreOptions.file().folder(temp.resolve("bookmarks")))
                .listener(new ClientListener() {})
                .build();
        client.connect(Clients.PATIENCE);
        return client;
    }

    private static SubscribeRequest.Builder request() {
        return SubscribeRequest.builder(TOPIC).id(ID).bookmark(Bookmark.MOST_RECENT);
    }

    private void handle(Message message) {
        handled.add(message.payload().utf8());
    }

    /** A short-lived publisher, so that the broker's restarts are not its affair. */
    private void publish(String name, int from, int to) {
        try (Client client = Clients.connected(broker.uri(), name)) {
            for (int i = from; i < to; i++) {
                client.publish(TOPIC, Payload.utf8(name + i));
            }
            client.publishFlush(Clients.PATIENCE);
        }
    }

    private static List<String> numbers(String name, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> name + i).toList();
    }

    private List<String> take(int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            String next = handled.poll(Clients.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(next).as("after %s", taken).isNotNull();
            taken.add(next);
        }
        return taken;
    }

    @Test
    void a_restart_of_the_broker_loses_nothing_and_doubles_nothing() throws Exception {
        publish("a", 0, 500);
        try (Client client = subscriber()) {
            Subscription subscription = client.subscribe(request().build(), this::handle, Clients.PATIENCE);
            assertThat(take(500)).isEqualTo(numbers("a", 0, 500));

            restartBroker();
            publish("a", 500, 1_000);
            assertThat(take(500)).isEqualTo(numbers("a", 500, 1_000));

            restartBroker();
            publish("b", 0, 10);
            assertThat(take(10)).isEqualTo(numbers("b", 0, 10));
            assertThat(subscription.delivered()).isEqualTo(1_010);
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void a_client_that_ends_and_comes_back_goes_on_behind_what_it_acknowledged() throws Exception {
        publish("a", 0, 100);
        try (Client client = subscriber()) {
            client.subscribe(request().build(), this::handle, Clients.PATIENCE);
            assertThat(take(100)).isEqualTo(numbers("a", 0, 100));
        }
        publish("a", 100, 200);
        restartBroker();
        try (Client client = subscriber()) {
            Subscription subscription = client.subscribe(request().build(), this::handle, Clients.PATIENCE);
            assertThat(take(100)).isEqualTo(numbers("a", 100, 200));
            assertThat(subscription.duplicates())
                    .as("replayed from the start, and dropped")
                    .isEqualTo(100);
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void what_was_not_acknowledged_by_hand_comes_again_and_nothing_else() throws Exception {
        publish("a", 0, 50);
        publish("b", 0, 50);
        Random random = new Random(7);
        List<String> open = new ArrayList<>();
        SubscribeRequest manual = request().acknowledge(Acknowledgement.MANUAL).build();
        try (Client client = subscriber()) {
            BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
            Subscription subscription =
                    client.subscribe(manual, message -> messages.add(message.copy()), Clients.PATIENCE);
            for (int i = 0; i < 100; i++) {
                Message message = messages.poll(Clients.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(message).isNotNull();
                if (random.nextBoolean()) {
                    assertThat(subscription.acknowledge(message.bookmark().orElseThrow()))
                            .isTrue();
                } else {
                    open.add(message.payload().utf8());
                }
            }
        }
        publish("a", 50, 60);
        try (Client client = subscriber()) {
            client.subscribe(manual, this::handle, Clients.PATIENCE);
            List<String> expected = new ArrayList<>(open);
            expected.addAll(numbers("a", 50, 60));
            assertThat(take(expected.size())).isEqualTo(expected);
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void a_stream_reads_on_over_a_restart_of_the_broker() throws Exception {
        publish("a", 0, 10);
        try (Client client = subscriber();
                var stream = client.stream(request().build(), Clients.PATIENCE)) {
            List<String> read = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                read.add(stream.next().payload().utf8());
            }
            restartBroker();
            publish("a", 10, 20);
            for (int i = 0; i < 10; i++) {
                read.add(stream.next(Clients.PATIENCE).orElseThrow().payload().utf8());
            }
            assertThat(read).isEqualTo(numbers("a", 0, 20));
        }
    }
}
