package io.holdfast.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.Client;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.Timeouts;
import io.holdfast.client.error.BackPressureException;
import io.holdfast.client.error.PublishDroppedException;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishRequest;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.publish.StoreFullPolicy;
import io.holdfast.ha.config.ConfigLoader;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.connect.FakeConnection.SentPublish;
import io.holdfast.testkit.connect.FakeConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a publish does that finds the store full: as the client was told, in code or by its properties, unless the call says
 * otherwise. Room is waited for an hour, so that a client that waits where it should not is seen by the test's own time.
 */
class FullStoreTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final FakeConnector connector = FakeConnector.accepting();
    private Client client;

    /** Where the policy is said. */
    private enum Said {
        IN_CODE,
        BY_A_KEY
    }

    @AfterEach
    void close() {
        client.close(Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_is_to_refuse_refuses_at_once(Said how) {
        full(how, StoreFullPolicy.REJECT);

        assertThatThrownBy(() -> client.publish(request("second")))
                .isInstanceOf(BackPressureException.class)
                .hasMessageContaining("publish store (messages)");

        assertThat(written()).containsExactly("first");
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_is_to_drop_the_oldest_drops_it(Said how) {
        PublishResult oldest = full(how, StoreFullPolicy.DROP_OLDEST);
        CompletableFuture<?> fate = oldest.persisted().toCompletableFuture();

        client.publish(request("second"));

        assertThat(fate)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(PublishDroppedException.class);
        assertThat(written()).containsExactly("first", "second");
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_is_to_wait_goes_on_when_there_is_room(Said how) {
        full(how, StoreFullPolicy.BLOCK);

        assertWaitsForRoom(() -> client.publish(request("second")));
    }

    @Test
    void a_client_that_was_told_nothing_waits() {
        client = complete(builder()).build();
        fill();

        assertWaitsForRoom(() -> client.publish(request("second")));
    }

    @ParameterizedTest
    @EnumSource(names = "BLOCK", mode = EnumSource.Mode.EXCLUDE)
    void a_call_that_says_wait_waits_whatever_the_client_does(StoreFullPolicy others) {
        full(Said.IN_CODE, others);

        assertWaitsForRoom(() -> client.publish(request("second"), StoreFullPolicy.BLOCK));
    }

    @ParameterizedTest
    @EnumSource(names = "REJECT", mode = EnumSource.Mode.EXCLUDE)
    void a_call_that_says_refuse_is_refused_whatever_the_client_does(StoreFullPolicy others) {
        full(Said.IN_CODE, others);

        assertThatThrownBy(() -> client.publish(request("second"), StoreFullPolicy.REJECT))
                .isInstanceOf(BackPressureException.class);
        assertThat(written()).containsExactly("first");
    }

    @ParameterizedTest
    @EnumSource(names = "DROP_OLDEST", mode = EnumSource.Mode.EXCLUDE)
    void a_call_that_says_drop_drops_whatever_the_client_does(StoreFullPolicy others) {
        PublishResult oldest = full(Said.IN_CODE, others);

        client.publish(request("second"), StoreFullPolicy.DROP_OLDEST);

        assertThat(oldest.persisted().toCompletableFuture()).isCompletedExceptionally();
        assertThat(written()).containsExactly("first", "second");
    }

    /** A client with room for one message, and that one. */
    private PublishResult full(Said how, StoreFullPolicy policy) {
        HoldfastClient.Builder builder = how == Said.IN_CODE
                ? complete(builder().storeFull(policy))
                : HoldfastClient.builder(ConfigLoader.empty("holdfast")
                        .set("holdfast.state.dir", folder.toString())
                        .set("holdfast.client.name", "c")
                        .set("holdfast.servers", "tcp://localhost:9007/amps/json")
                        .set("holdfast.publish.timeout", "1h")
                        .set("holdfast.publish.store-messages", "1")
                        .set(
                                "holdfast.publish.store-full",
                                policy.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .load());
        client = builder.connector(connector).build();
        return fill();
    }

    private HoldfastClient.Builder builder() {
        return HoldfastClient.builder().name("c").server("tcp://localhost:9007/amps/json");
    }

    private HoldfastClient.Builder complete(HoldfastClient.Builder builder) {
        return builder.connector(connector)
                .publishStore(PublishStoreOptions.memory().bounds(1, 1 << 20))
                .options(ClientOptions.DEFAULTS.with(Timeouts.DEFAULTS.withPublish(AN_HOUR)));
    }

    private PublishResult fill() {
        client.connect(Duration.ofSeconds(30));
        return client.publish(request("first"));
    }

    private void assertWaitsForRoom(Runnable publish) {
        CompletableFuture<Void> published = new CompletableFuture<>();
        Thread publisher = new Thread(() -> {
            publish.run();
            published.complete(null);
        });
        publisher.start();
        while (publisher.getState() != Thread.State.TIMED_WAITING) {
            assertThat(publisher.isAlive()).as("it waits").isTrue();
            Thread.onSpinWait();
        }
        assertThat(written()).containsExactly("first");

        SentPublish first = connector.connection().published().get(0);
        connector.connection().persist(first.sequence().value());

        assertThat(published).succeedsWithin(30, TimeUnit.SECONDS);
        assertThat(written()).containsExactly("first", "second");
    }

    private Iterable<String> written() {
        return connector.connection().published().stream()
                .map(sent -> sent.request().payload().utf8())
                .toList();
    }

    private static PublishRequest request(String text) {
        return PublishRequest.of(Topic.of("t"), Payload.utf8(text));
    }
}
