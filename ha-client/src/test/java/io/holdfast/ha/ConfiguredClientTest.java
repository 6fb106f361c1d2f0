package io.holdfast.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.client.Client;
import io.holdfast.client.Heartbeat;
import io.holdfast.client.connect.ConnectRequest;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.ha.config.ConfigLoader;
import io.holdfast.ha.identity.IdentityOptions;
import io.holdfast.ha.identity.IdentityStamp;
import io.holdfast.testkit.connect.FakeConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ConfiguredClientTest {

    @TempDir
    Path folder;

    private final FakeConnector connector = FakeConnector.accepting();

    @Test
    void what_is_configured_reaches_the_connector() {
        ConnectRequest request = connect(HoldfastClient.builder(configured()
                .set("holdfast.client.user", "orders")
                .set("holdfast.client.password", "hunter2")
                .set("holdfast.client.message-type", "fix")
                .set("holdfast.client.correlation-id", "b3JkZXJz")
                .set("holdfast.client.logon-options", "ack_conflation=10ms")
                .set("holdfast.heartbeat.interval", "7s")
                .set("holdfast.limits.max-frame-bytes", "1MiB")
                .set("holdfast.tls.verify-host-name", "false")
                .load()));

        assertThat(request.endpoint().address()).isEqualTo("tcp://a:9007");
        assertThat(request.logon().clientName()).isEqualTo("orders-1");
        assertThat(request.logon().messageType()).isEqualTo("fix");
        assertThat(IdentityStamp.parse(request.logon().correlationId().value()))
                .hasValueSatisfying(stamp -> assertThat(stamp.application()).isEqualTo(CorrelationId.of("b3JkZXJz")));
        assertThat(request.logon().options()).isEqualTo("ack_conflation=10ms");
        assertThat(request.heartbeat()).isEqualTo(Heartbeat.every(Duration.ofSeconds(7)));
        assertThat(request.limits().maxFrameBytes()).isEqualTo(1 << 20);
        assertThat(request.tls().verifyHostName()).isFalse();
        assertThat(request.logon().authenticator().authenticate(request.endpoint()))
                .isCompletedWithValueMatching(credentials -> "orders".equals(credentials.user()));
    }

    @Test
    void what_the_program_sets_wins_over_what_is_configured() {
        ConnectRequest request =
                connect(HoldfastClient.builder(configured().load()).name("mine").server("tcp://mine:1/amps"));

        assertThat(request.logon().clientName()).isEqualTo("mine");
        assertThat(request.endpoint().address()).isEqualTo("tcp://mine:1");
    }

    @Test
    void of_several_servers_the_first_is_tried_first() {
        ConnectRequest request = connect(HoldfastClient.builder(configured()
                .set("holdfast.servers", "tcp://first:1/amps, tcp://second:2/amps")
                .load()));

        assertThat(request.endpoint().address()).isEqualTo("tcp://first:1");
    }

    @Test
    void a_client_cannot_be_built_from_defaults_alone() {
        assertThatThrownBy(() -> HoldfastClient.builder(
                                ConfigLoader.empty("holdfast").load())
                        .connector(connector)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("name: not set")
                .hasMessageContaining("server: not set");
    }

    @Test
    void an_application_alone_gets_a_name_that_is_made_and_kept() {
        ConfigLoader loader = ConfigLoader.empty("holdfast")
                .set("holdfast.app", "orders")
                .set("holdfast.state.dir", folder.toString())
                .set("holdfast.servers", "tcp://u:hunter2@a:9007/amps");
        String[] first = new String[1];

        String log = logOf(() -> first[0] =
                connect(HoldfastClient.builder(loader.load())).logon().clientName());
        String second = connect(HoldfastClient.builder(loader.load())).logon().clientName();

        assertThat(first[0]).startsWith("orders.").isEqualTo(second);
        assertThat(log)
                .isEqualTo("INFO HF-2101 client-start client_name=" + second
                        + " name_source=holdfast.app slot=0 folder=\"" + folder
                        + "/orders/slot-0\" servers=tcp://a:9007"
                        + " mode=persistent on_damage=refuse on_copy=refuse on_move=accept\n");
    }

    @Test
    void the_line_tells_the_policies_that_count_and_an_ephemeral_name() {
        String log = logOf(() -> connect(HoldfastClient.builder(
                        configured().set("holdfast.servers", "tcp://b:1/amps").load())
                .identity(IdentityOptions.builder()
                        .clientName("short-job")
                        .mode(IdentityOptions.Mode.EPHEMERAL)
                        .build())));

        assertThat(log)
                .isEqualTo("INFO HF-2101 client-start client_name=short-job name_source=holdfast.client.name slot=-"
                        + " folder=\"-\" servers=tcp://b:1"
                        + " mode=ephemeral on_damage=refuse on_copy=refuse on_move=accept\n");
    }

    @Test
    void a_client_built_without_a_configuration_tells_its_name() {
        IdentityOptions options = IdentityOptions.builder()
                .app("orders")
                .stateDir(folder)
                .clientName("orders-1")
                .build();

        String log = logOf(
                () -> connect(HoldfastClient.builder().server("tcp://a:1/amps").identity(options)));

        assertThat(log)
                .isEqualTo("INFO HF-2001 name-acquired client_name=orders-1 name_source=holdfast.client.name slot=-"
                        + " folder=\"" + folder + "/orders/name-orders-1\"\n");
    }

    private static String logOf(Runnable action) {
        // All loggers of the library: of its start there is one line, whoever writes it.
        Logger logger = (Logger) LoggerFactory.getLogger("io.holdfast.ha");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            action.run();
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list.stream()
                .filter(e -> e.getLevel().isGreaterOrEqual(Level.INFO))
                .filter(e -> !e.getFormattedMessage().startsWith("HF-22")) // of connections, not of the start
                .map(e -> e.getLevel() + " " + e.getFormattedMessage() + "\n")
                .collect(Collectors.joining());
    }

    private ConfigLoader configured() {
        return ConfigLoader.empty("holdfast")
                .set("holdfast.state.dir", folder.toString())
                .set("holdfast.client.name", "orders-1")
                .set("holdfast.servers", "tcp://a:9007/amps");
    }

    private ConnectRequest connect(HoldfastClient.Builder builder) {
        try (Client client = builder.connector(connector).build()) {
            client.connect(Duration.ofSeconds(5));
        }
        return connector.attempt().request();
    }
}
