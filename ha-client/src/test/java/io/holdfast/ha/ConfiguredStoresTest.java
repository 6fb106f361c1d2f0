package io.holdfast.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.Client;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.error.ConnectFailedException;
import io.holdfast.client.error.NotConnectedException;
import io.holdfast.client.message.Bookmark;
import io.holdfast.client.message.CommandType;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.SubscriptionId;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.ha.config.ConfigLoader;
import io.holdfast.ha.config.HoldfastConfig;
import io.holdfast.ha.internal.driver.Engine;
import io.holdfast.ha.internal.driver.ManualScheduler;
import io.holdfast.ha.store.BookmarkStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.connect.FakeConnector;
import io.holdfast.testkit.connect.FakeConnector.Attempt;
import io.holdfast.testkit.connect.FakeMessage;
import io.holdfast.testkit.connect.ManualExecutor;
import io.holdfast.testkit.time.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stores, starts and servers as the properties say: what is read from them, and what a client does that is built so. */
class ConfiguredStoresTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final ManualClock clock = ManualClock.at(Instant.EPOCH);
    private final ManualScheduler time = new ManualScheduler(clock);
    private final FakeConnector connector = FakeConnector.accepting();
    private final ManualExecutor delivery = new ManualExecutor();
    private final List<String> handled = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"always, ALWAYS, 0", "interval, INTERVAL, 1", "never, NEVER, 0"})
    void a_file_store_is_made_durable_when_it_is_said(String value, PublishStoreOptions.Sync sync, int timers) {
        HoldfastConfig config = config("publish.store", "file", "publish.sync", value);
        assertThat(config.publishStore().orElseThrow().sync()).isEqualTo(sync);

        try (Client client = client(config)) {
            int before = time.waiting();
            publish(client, "a");
            assertThat(time.waiting() - before)
                    .as("of the disk's turn a second later")
                    .isEqualTo(timers);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "none, always, NONE, false, 0",
        "none, never, NONE, false, 0",
        "memory, always, MEMORY, true, 0",
        "memory, never, MEMORY, true, 0",
        "file, always, FILE, true, 1",
        "file, never, FILE, true, 1"
    })
    void what_is_published_is_kept_where_it_is_said(
            String value, String reconnect, PublishStoreOptions.Kind kind, boolean withoutConnection, int nextProcess) {
        HoldfastConfig config = config("publish.store", value, "reconnect", reconnect);
        assertThat(config.publishStore().map(PublishStoreOptions::kind)).contains(kind);

        try (Client client = client(config)) {
            if (withoutConnection) {
                publish(client, "a");
                assertThat(client.publishing().stored()).isEqualTo(1);
            } else {
                assertThatThrownBy(() -> publish(client, "a")).isInstanceOf(NotConnectedException.class);
            }
        }
        try (Client next = client(config)) {
            assertThat(next.publishing().stored()).isEqualTo(nextProcess);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "none, NONE, first time; next subscription; next process",
        "memory, MEMORY, first time; next process",
        "file, FILE, first time"
    })
    void acknowledgements_are_kept_where_it_is_said(String value, BookmarkStoreOptions.Kind kind, String handledWhen) {
        HoldfastConfig config = config("bookmark.store", value, "subscribe.bookmark", "most-recent");
        assertThat(config.bookmarkStore().kind()).isEqualTo(kind);

        try (Client client = client(config)) {
            client.connect(SECOND);
            Subscription first = receives(client, "first time");
            first.unsubscribe(SECOND);
            receives(client, "next subscription");
        }
        try (Client next = client(config)) {
            next.connect(SECOND);
            receives(next, "next process");
        }
        assertThat(handled).containsExactly(handledWhen.split("; "));
    }

    /** Subscribes as this program does each time, and is sent what it may have had before. */
    private Subscription receives(Client client, String when) {
        SubscribeRequest request = SubscribeRequest.builder(Topic.of("t"))
                .id(SubscriptionId.of("mine"))
                .build();
        Subscription subscription = client.subscribe(request, message -> handled.add(when), SECOND);
        connector
                .connection()
                .deliver(new FakeMessage(Topic.of("t"), Payload.utf8("x"), "mine", Optional.of(Bookmark.of("7|1|"))));
        delivery.runAll();
        return subscription;
    }

    @ParameterizedTest
    @CsvSource(
            value = {"now, 0|1|", "none, nothing", "epoch, 0", "most-recent, 0"},
            nullValues = "nothing")
    void subscriptions_start_where_it_is_said(String value, String entered) {
        HoldfastConfig config = config("subscribe.bookmark", value);
        assertThat(config.defaultBookmark())
                .isEqualTo(
                        value.equals("most-recent")
                                ? Optional.of(Bookmark.MOST_RECENT)
                                : Optional.ofNullable(entered).map(Bookmark::of));

        try (Client client = client(config)) {
            client.connect(SECOND);
            client.subscribe(SubscribeRequest.builder(Topic.of("t")).build(), message -> {}, SECOND);
            Bookmark sent = connector
                    .connection()
                    .commands(CommandType.SUBSCRIBE)
                    .get(0)
                    .command()
                    .bookmark();
            assertThat(Optional.ofNullable(sent))
                    .isEqualTo(Optional.ofNullable(entered).map(Bookmark::of));
        }
    }

    /** What the client makes of it: {@link FullStoreTest}. */
    @ParameterizedTest
    @CsvSource({"block, BLOCK", "reject, REJECT", "drop-oldest, DROP_OLDEST"})
    void a_full_store_is_met_as_it_is_said(String value, StoreFullPolicy policy) {
        assertThat(config("publish.store-full", value).storeFull()).isEqualTo(policy);
    }

    @Test
    void of_several_servers_each_is_tried_in_its_turn() {
        HoldfastConfig config =
                config("servers", "tcp://zulu:1/amps, tcp://alpha:2/amps,tcp://mike:3/amps", "backoff.max", "1s");
        assertThat(config.servers())
                .extracting(Endpoint::address)
                .containsExactly("tcp://zulu:1", "tcp://alpha:2", "tcp://mike:3");

        connector.becomeManual();
        try (Client client = client(config)) {
            var unused = client.connectAsync();
            for (int attempts = 1; attempts < 4; attempts++) {
                time.advance(SECOND);
                Attempt attempt = connector.attempt();
                attempt.fail(new ConnectFailedException(
                        attempt.request().endpoint(), ConnectFailedException.Stage.TCP, "connection refused", null));
            }
        }
        assertThat(connector.attempts().subList(0, 3))
                .extracting(attempt -> attempt.request().endpoint().address())
                .containsExactly("tcp://zulu:1", "tcp://alpha:2", "tcp://mike:3");
    }

    private HoldfastConfig config(String... keysAndValues) {
        ConfigLoader loader = ConfigLoader.empty("holdfast")
                .set("holdfast.state.dir", folder.toString())
                .set("holdfast.client.name", "orders-1")
                .set("holdfast.servers", "tcp://a:9007/amps")
                .set("holdfast.close.timeout", "1s");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            loader.set("holdfast." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return loader.load();
    }

    private Client client(HoldfastConfig config) {
        return HoldfastClient.builder(config)
                .connector(connector)
                .deliveryExecutor(delivery)
                .engine(Engine.borrowed(clock, Runnable::run, time, new Random(1)))
                .build();
    }

    private static void publish(Client client, String text) {
        client.publish(Topic.of("t"), Payload.utf8(text));
    }
}
