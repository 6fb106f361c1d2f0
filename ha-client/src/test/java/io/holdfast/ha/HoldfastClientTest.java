package io.holdfast.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.Client;
import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.ConnectorProvider;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.error.MessagingException;
import io.holdfast.client.error.StoreException;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.ha.reconnect.EndpointSelector;
import io.holdfast.ha.store.BookmarkStoreOptions;
import io.holdfast.ha.store.PublishStoreOptions;
import io.holdfast.testkit.connect.FakeConnector;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldfastClientTest {

    private static final String SERVICE = "META-INF/services/" + ConnectorProvider.class.getName();

    private static FakeConnector made = FakeConnector.accepting();

    /** A transport on the class path. */
    public static final class First implements ConnectorProvider {
        @Override
        public String name() {
            return "first";
        }

        @Override
        public Connector create() {
            return made;
        }
    }

    /** Another. */
    public static final class Second implements ConnectorProvider {
        @Override
        public String name() {
            return "second";
        }

        @Override
        public Connector create() {
            throw new AssertionError("not asked for");
        }
    }

    private static <T> T withProviders(Path folder, String lines, Supplier<T> work) throws IOException {
        URL file = Files.writeString(folder.resolve("services"), lines).toUri().toURL();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new ClassLoader(before) {
            @Override
            protected Enumeration<URL> findResources(String name) {
                return name.equals(SERVICE) ? Collections.enumeration(List.of(file)) : Collections.emptyEnumeration();
            }
        });
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static HoldfastClient.Builder complete() {
        return HoldfastClient.builder().name("c").server("tcp://localhost:9007/amps/json");
    }

    @Test
    void the_only_transport_on_the_class_path_is_used_and_closed_with_the_client(@TempDir Path folder)
            throws IOException {
        made = FakeConnector.accepting();
        try (Client client =
                withProviders(folder, First.class.getName(), () -> complete().build())) {
            client.connect(Duration.ofSeconds(1));
            assertThat(client.state()).isEqualTo(ClientState.PROBATION);
        }
        assertThat(made.isClosed()).isTrue();
    }

    @Test
    void several_transports_on_the_class_path_are_named(@TempDir Path folder) {
        assertThatThrownBy(() -> withProviders(
                        folder,
                        First.class.getName() + "\n" + Second.class.getName(),
                        () -> complete().build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[first, second]");
    }

    @Test
    void what_is_set_reaches_the_logon_and_a_borrowed_transport_stays_open() {
        FakeConnector connector = FakeConnector.accepting();
        try (Client client = complete()
                .connector(connector)
                .correlationId(CorrelationId.of("abc="))
                .messageType("nvfix")
                .logonOptions("ack_conflation=10ms")
                .deliveryExecutor(Runnable::run)
                .build()) {
            client.connect(Duration.ofSeconds(1));
        }
        LogonRequest logon = connector.attempt().request().logon();
        assertThat(logon.clientName()).isEqualTo("c");
        assertThat(IdentityStamp.parse(logon.correlationId().value())
                        .orElseThrow()
                        .application())
                .as("beside who the client says it is")
                .isEqualTo(CorrelationId.of("abc="));
        assertThat(logon.messageType()).isEqualTo("nvfix");
        assertThat(logon.options()).isEqualTo("ack_conflation=10ms");
        assertThat(connector.isClosed()).isFalse();
    }

    @Test
    void everything_that_is_missing_is_named_at_once() {
        assertThatThrownBy(() -> HoldfastClient.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("name: not set")
                .hasMessageContaining("server: not set")
                .hasMessageContaining("io.holdfast:holdfast-client-netty");
    }

    @Test
    void everything_that_is_wrong_is_named_at_once_together_with_what_is_missing() {
        assertThatThrownBy(() -> HoldfastClient.builder()
                        .name("a[b]")
                        .server("tcp://nowhere")
                        .messageType(" ")
                        .logonOptions("")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name: a client name")
                .hasMessageContaining("server: ")
                .hasMessageContaining("messageType: blank")
                .hasMessageContaining("logonOptions: blank")
                .hasMessageContaining("holdfast-client-netty");
    }

    /** A selector that breaks its word to have at least one endpoint. */
    private static EndpointSelector nowhere() {
        return new EndpointSelector() {
            @Override
            public Set<Endpoint> endpoints() {
                return Set.of();
            }

            @Override
            public Endpoint next(boolean sameWanted, Instant now) {
                throw new AssertionError("never asked");
            }

            @Override
            public void succeeded(Endpoint endpoint) {}

            @Override
            public void failed(Endpoint endpoint, MessagingException cause) {}
        };
    }

    private static HoldfastClient.Builder storing(Path folder) {
        return complete()
                .bookmarkStore(BookmarkStoreOptions.file().folder(folder.resolve("bookmark")))
                .publishStore(PublishStoreOptions.file().folder(folder.resolve("publish")));
    }

    @Test
    void a_client_that_cannot_be_built_leaves_its_transport_closed_and_its_stores_free(@TempDir Path folder)
            throws IOException {
        made = FakeConnector.accepting();
        assertThatThrownBy(() -> withProviders(
                        folder,
                        First.class.getName(),
                        () -> storing(folder).endpointSelector(nowhere()).build()))
                .isInstanceOf(RuntimeException.class);
        assertThat(made.isClosed()).isTrue();
        try (Client client =
                storing(folder).connector(FakeConnector.accepting()).build()) {
            assertThat(client.state()).isEqualTo(ClientState.IDLE);
        }
    }

    @Test
    void a_transport_of_a_client_whose_store_is_in_use_is_closed(@TempDir Path folder) {
        try (Client holder =
                storing(folder).connector(FakeConnector.accepting()).build()) {
            made = FakeConnector.accepting();
            assertThatThrownBy(() -> withProviders(
                            folder, First.class.getName(), () -> storing(folder).build()))
                    .isInstanceOf(StoreException.class);
            assertThat(made.isClosed()).isTrue();
            assertThat(holder.state()).isEqualTo(ClientState.IDLE);
        }
    }
}
