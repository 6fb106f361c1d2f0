package io.holdfast.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.Client;
import io.holdfast.client.ClientState;
import io.holdfast.client.connect.Connector;
import io.holdfast.client.connect.ConnectorProvider;
import io.holdfast.client.connect.LogonRequest;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.testkit.connect.FakeConnector;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
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
        assertThat(logon.correlationId()).isEqualTo(CorrelationId.of("abc="));
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
}
