package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.Client;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.Heartbeat;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.error.CommandTimedOutException;
import io.holdfast.client.error.DisconnectedException;
import io.holdfast.client.message.Payload;
import io.holdfast.client.message.Topic;
import io.holdfast.client.publish.PublishResult;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.client.subscribe.Subscription;
import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.BrokerUnderTest;
import io.holdfast.it.broker.Brokers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A broker that says nothing, and a broker that is gone. */
class SilenceIT {

    private static final Topic TOPIC = Topic.of("silence");

    @Test
    void a_paused_broker_is_noticed_within_two_heartbeat_intervals() throws Exception {
        try (BrokerUnderTest broker = Brokers.start(BrokerSettings.DEFAULTS);
                Client client = Clients.connected(broker.uri(), "watchful", Clients.watchful())) {
            client.flush(Clients.PATIENCE);

            long paused = System.nanoTime();
            broker.pause();
            Disconnect end = Clients.endOf(client);
            Duration noticed = Duration.ofNanos(System.nanoTime() - paused);
            broker.unpause();

            assertThat(end.cause()).isEqualTo(DisconnectCause.HEARTBEAT_TIMEOUT);
            // Two intervals of one second, and what a busy machine takes to freeze a broker and run a test.
            assertThat(noticed).isBetween(Duration.ofMillis(900), Duration.ofMillis(3_500));
        }
    }

    @Test
    void a_paused_broker_is_reported_to_a_command_at_its_own_deadline() {
        ClientOptions patient = ClientOptions.DEFAULTS.with(Heartbeat.OFF);
        try (BrokerUnderTest broker = Brokers.start(BrokerSettings.DEFAULTS);
                Client client = Clients.connected(broker.uri(), "patient", patient)) {
            broker.pause();
            long asked = System.nanoTime();

            assertThatThrownBy(() -> client.flush(Duration.ofMillis(500))).isInstanceOf(CommandTimedOutException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .isBetween(Duration.ofMillis(450), Duration.ofSeconds(3));
            broker.unpause();
        }
    }

    @Test
    void a_killed_broker_is_reported_to_every_call_that_waits() throws Exception {
        try (BrokerUnderTest broker = Brokers.start(BrokerSettings.DEFAULTS);
                Client client = Clients.connected(broker.uri(), "bereaved")) {
            broker.pause(); // so that the calls surely wait
            PublishResult publish = client.publish(TOPIC, Payload.utf8("unconfirmed"));
            CompletionStage<Subscription> subscribe = client.subscribeAsync(SubscribeRequest.to(TOPIC), message -> {});
            List<CompletionStage<?>> waiting =
                    List.of(publish.persisted(), subscribe, client.flushAsync(), client.publishFlushAsync());

            broker.kill();

            for (CompletionStage<?> stage : waiting) {
                assertThatThrownBy(() -> stage.toCompletableFuture().get(10, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(DisconnectedException.class);
            }
            assertThat(Clients.endOf(client).cause()).isIn(DisconnectCause.PEER_CLOSED, DisconnectCause.PEER_RESET);
        }
    }
}
