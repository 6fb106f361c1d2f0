package io.holdfast.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.Client;
import io.holdfast.client.ClientListener;
import io.holdfast.client.ClientState;
import io.holdfast.client.error.IdentityInUseException;
import io.holdfast.client.error.IdentityLostException;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.testkit.connect.FakeConnector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client whose name is kept in a folder, from its builder to its end. */
class GuardedClientTest {

    @TempDir
    Path state;

    private final FakeConnector connector = FakeConnector.accepting();

    @Test
    void the_client_has_the_name_of_its_slot_and_stamps_its_logon() {
        try (Client client = builder().correlationId(CorrelationId.of("b3du")).build()) {
            client.connect(Duration.ofSeconds(5));

            assertThat(client.name()).matches("orders\\..+\\.0-[b-z2-9]{4}");
            CorrelationId sent = connector.attempt().request().logon().correlationId();
            assertThat(IdentityStamp.parse(sent.value())).hasValueSatisfying(stamp -> {
                assertThat(stamp.pid()).isEqualTo(ProcessHandle.current().pid());
                assertThat(stamp.application()).isEqualTo(CorrelationId.of("b3du"));
            });
        }
    }

    @Test
    void a_second_client_of_the_name_is_refused_before_any_connect_and_may_have_it_after_the_first() {
        try (Client first = builder().name("pricing").build()) {
            assertThatThrownBy(() -> builder().name("pricing").build())
                    .isInstanceOf(IdentityInUseException.class)
                    .hasMessageContaining("is held by another client of this JVM, created at ");
            assertThat(first.name()).isEqualTo("pricing");
        }
        builder().name("pricing").build().close();
    }

    @Test
    void a_client_that_lost_its_name_tells_and_closes() throws Exception {
        CompletableFuture<IdentityLostException> told = new CompletableFuture<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void onIdentityLost(Client client, IdentityLostException lost) {
                told.complete(lost);
            }
        };
        try (Client client = builder().listener(listener).build()) {
            client.connect(Duration.ofSeconds(5));
            Files.writeString(state.resolve("orders/slot-0/mark"), "holdfast-mark 2\n");

            assertThat(told.get(30, TimeUnit.SECONDS)).hasMessageContaining(client.name());
            client.closed().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(client.state()).isEqualTo(ClientState.CLOSED);
        }
    }

    @Test
    void an_own_correlation_id_that_leaves_no_room_is_a_mistake_and_nothing_is_held() {
        HoldfastClient.Builder builder = builder().correlationId(CorrelationId.of("a".repeat(65)));

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("correlationId: it shares its place with the identity, and has at most 64");
        assertThat(state.resolve("orders")).doesNotExist();
    }

    private HoldfastClient.Builder builder() {
        return HoldfastClient.builder()
                .identity(
                        IdentityOptions.builder().app("orders").stateDir(state).build())
                .server("tcp://localhost:9007/amps/json")
                .connector(connector);
    }
}
