package io.holdfast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.Client;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Disconnect;
import io.holdfast.client.connect.DisconnectCause;
import io.holdfast.client.connect.DisconnectSource;
import io.holdfast.client.error.LogonRefusedException;
import io.holdfast.client.message.Topic;
import io.holdfast.client.subscribe.SubscribeRequest;
import io.holdfast.it.broker.BrokerSettings;
import io.holdfast.it.broker.BrokerUnderTest;
import io.holdfast.it.broker.Brokers;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The thing this project is about, with nothing in between: two programs, one name. */
class EvictionIT {

    private static final BrokerSettings TWO_USERS =
            BrokerSettings.DEFAULTS.withUsers("alice:{noop}wonder\nbob:{noop}builder\n");

    @Test
    void the_older_is_evicted_by_the_newer_and_sees_nothing_but_a_closed_socket() throws Exception {
        try (BrokerUnderTest broker = Brokers.start(BrokerSettings.DEFAULTS);
                Client observer = Clients.connected(broker.uri(), "observer")) {
            BlockingQueue<String> events = new LinkedBlockingQueue<>();
            observer.subscribe(
                    SubscribeRequest.to(Topic.of("/AMPS/ClientStatus")),
                    message -> events.add(message.payload().utf8()),
                    Clients.PATIENCE);
            Client older = Clients.connected(broker.uri(), "orders");
            Client newer = Clients.connected(broker.uri(), "orders");

            Disconnect seenByOlder = Clients.endOf(older);

            assertThat(seenByOlder.source()).isEqualTo(DisconnectSource.PEER);
            assertThat(seenByOlder.cause()).isIn(DisconnectCause.PEER_CLOSED, DisconnectCause.PEER_RESET);
            assertThat(older.state()).isEqualTo(ClientState.CLOSED);
            newer.flush(Clients.PATIENCE);
            assertThat(newer.state()).isEqualTo(ClientState.PROBATION);

            // The broker does say why, only not to the loser.
            assertThat(nextDisconnectOf("orders", events))
                    .contains("name in use")
                    .contains("client_address");
            assertThat(broker.log())
                    .contains("02-0025")
                    .contains("forced a disconnect of client: client[orders]")
                    .contains("07-0013 client[orders] disconnected. reason: name in use");
            older.close();
            newer.close();
        }
    }

    @Test
    void a_name_held_by_another_user_is_refused_and_the_holder_notices_nothing() throws Exception {
        try (BrokerUnderTest broker = Brokers.start(TWO_USERS);
                Client alice = Clients.connected(broker.uri("alice", "wonder"), "orders");
                Client bob = Clients.built(broker.uri("bob", "builder"), "orders", ClientOptions.DEFAULTS)) {
            assertThatThrownBy(() -> bob.connect(Clients.PATIENCE))
                    .isInstanceOfSatisfying(LogonRefusedException.class, refused -> {
                        assertThat(refused.isNameInUse()).isTrue();
                        assertThat(refused.clientName()).isEqualTo("orders");
                    });

            alice.flush(Clients.PATIENCE);
            assertThat(bob.state()).isEqualTo(ClientState.IDLE);
        }
    }

    @Test
    void a_wrong_password_is_refused_by_name_of_the_reason() {
        try (BrokerUnderTest broker = Brokers.start(TWO_USERS);
                Client mallory = Clients.built(broker.uri("alice", "guess"), "orders", ClientOptions.DEFAULTS)) {
            assertThatThrownBy(() -> mallory.connect(Clients.PATIENCE))
                    .isInstanceOf(LogonRefusedException.class)
                    .hasMessageContaining("auth failure")
                    .hasMessageNotContaining("guess");
        }
    }

    @Test
    void without_a_transaction_log_both_stay_and_nobody_is_told() throws Exception {
        try (BrokerUnderTest broker = Brokers.start(BrokerSettings.DEFAULTS.withoutTransactionLog());
                Client one = Clients.connected(broker.uri(), "orders");
                Client two = Clients.connected(broker.uri(), "orders")) {
            one.flush(Clients.PATIENCE);
            two.flush(Clients.PATIENCE);
            one.flush(Clients.PATIENCE);

            assertThat(one.state()).isEqualTo(ClientState.PROBATION);
            assertThat(two.state()).isEqualTo(ClientState.PROBATION);
            assertThat(clients(broker).split("\"orders\"", -1)).hasSize(3);
        }
    }

    private static String nextDisconnectOf(String name, BlockingQueue<String> events) throws InterruptedException {
        long deadline = System.nanoTime() + Clients.PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            String event = events.poll(1, TimeUnit.SECONDS);
            if (event != null && event.contains("\"disconnect\"") && event.contains("\"" + name + "\"")) {
                return event;
            }
        }
        throw new AssertionError("no disconnect event of " + name);
    }

    private static String clients(BrokerUnderTest broker) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(broker.admin().resolve("/amps/instance/clients"))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}
