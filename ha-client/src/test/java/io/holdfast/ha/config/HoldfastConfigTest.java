package io.holdfast.ha.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.holdfast.client.Reconnect;
import io.holdfast.client.connect.Secret;
import io.holdfast.client.message.CorrelationId;
import io.holdfast.ha.internal.config.KeyTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HoldfastConfigTest {

    @Test
    void every_part_reaches_the_record_it_belongs_to() {
        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .set("holdfast.client.name", "orders-1")
                .set("holdfast.client.message-type", "fix")
                .set("holdfast.client.correlation-id", "b3JkZXJz")
                .set("holdfast.client.logon-options", "ack_conflation=10ms")
                .set("holdfast.state.dir", "/var/lib/orders")
                .set("holdfast.limits.lane-messages", "7")
                .set("holdfast.tls.ca", "/ca.pem")
                .set("holdfast.tls.cert", "/c.pem")
                .set("holdfast.tls.key", "/k.pem")
                .set("holdfast.tls.key-password", "hunter2")
                .set("holdfast.tls.verify-host-name", "false")
                .load();

        assertThat(config.identity().clientName()).isEqualTo("orders-1");
        assertThat(config.identity().stateDir()).isEqualTo(Path.of("/var/lib/orders"));
        assertThat(config.messageType()).contains("fix");
        assertThat(config.correlationId()).contains(CorrelationId.of("b3JkZXJz"));
        assertThat(config.logonOptions()).contains("ack_conflation=10ms");
        assertThat(config.options().limits().laneMessages()).isEqualTo(7);
        assertThat(config.options().tls().trustedCertificates()).isEqualTo(Path.of("/ca.pem"));
        assertThat(config.options().tls().privateKeyPassword()).isEqualTo(Secret.of("hunter2"));
        assertThat(config.options().tls().verifyHostName()).isFalse();
    }

    @Test
    void each_duration_has_the_range_of_its_own_key() {
        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .set("holdfast.reconnect.max-outage", "30d")
                .load();

        assertThat(config.options().reconnect()).hasToString("always maxOutage=PT720H stableAfter=PT1M");
    }

    @Test
    void how_to_reconnect_is_configured_and_the_default_is_always() {
        Reconnect byDefault = ConfigLoader.empty("holdfast").load().options().reconnect();
        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .set("holdfast.reconnect.max-attempts", "7")
                .set("holdfast.reconnect.max-outage", "1h")
                .set("holdfast.backoff.stable-after", "5m")
                .set("holdfast.backoff.initial", "40ms")
                .set("holdfast.backoff.max", "40ms")
                .load();
        Reconnect never = ConfigLoader.empty("holdfast")
                .set("holdfast.reconnect", "never")
                .load()
                .options()
                .reconnect();

        assertThat(byDefault).usingRecursiveComparison().isEqualTo(Reconnect.always());
        assertThat(config.options().reconnect()).hasToString("always maxAttempts=7 maxOutage=PT1H stableAfter=PT5M");
        assertThat(IntStream.range(0, 1_000).mapToLong(i -> config.backOff().apply(9)))
                .allMatch(delay -> delay <= 40)
                .anyMatch(delay -> delay > 20);
        assertThat(never.isOn()).isFalse();
    }

    @Test
    void the_description_has_every_key_and_where_its_value_came_from() {
        String description = ConfigLoader.empty("orders")
                .set("orders.client.user", "o")
                .set("orders.client.password", "hunter2")
                .load()
                .describe();

        assertThat(description.lines())
                .hasSize(KeyTable.ALL.size())
                .contains("orders.client.password                  = ****  [code]")
                .contains("orders.connect.timeout                  = \"10s\"  [default]")
                .contains("orders.client.correlation-id            = not set: none");
    }

    @Test
    void unknown_variables_are_told_in_one_line_without_their_values() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOLDFAST_BASE_IMAGE", "hunter2");
        environment.put("HOLDFAST_CLIENT_PASWORD", "hunter2");
        environment.put("HOLDFASTER", "hunter2");
        environment.put("PATH", "/bin");

        String logged = logOf(
                () -> ConfigLoader.empty("holdfast").environment(environment).load());

        assertThat(logged)
                .isEqualTo("WARN HF-2102 unknown-environment-variables prefix=holdfast"
                        + " variables=\"HOLDFAST_BASE_IMAGE, HOLDFAST_CLIENT_PASWORD (HOLDFAST_CLIENT_PASSWORD?)\"\n");
    }

    @Test
    void a_flood_of_unknown_variables_is_still_one_short_line() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            environment.put("HOLDFAST_SERVICE_" + i, "x");
        }

        assertThat(logOf(() ->
                        ConfigLoader.empty("holdfast").environment(environment).load()))
                .contains("and 80 more")
                .hasSizeLessThan(1_000);
    }

    private static String logOf(Supplier<HoldfastConfig> action) {
        Logger logger = (Logger) LoggerFactory.getLogger(HoldfastConfig.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            assertThat(action.get()).isNotNull();
        } finally {
            logger.detachAppender(appender);
        }
        StringBuilder out = new StringBuilder();
        appender.list.forEach(e -> out.append(e.getLevel())
                .append(' ')
                .append(e.getFormattedMessage())
                .append('\n'));
        return out.toString();
    }
}
