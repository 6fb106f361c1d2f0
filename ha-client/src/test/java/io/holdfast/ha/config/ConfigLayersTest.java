package io.holdfast.ha.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Heartbeat;
import io.holdfast.client.connect.Endpoint;
import io.holdfast.ha.identity.IdentityOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLayersTest {

    @TempDir
    Path folder;

    @Test
    void without_any_layer_the_defaults_of_the_api_hold() {
        HoldfastConfig config = ConfigLoader.empty("holdfast").load();

        assertThat(config.options()).usingRecursiveComparison().isEqualTo(ClientOptions.DEFAULTS);
        assertThat(config.identity()).isEqualTo(IdentityOptions.DEFAULTS);
        assertThat(config.servers()).isEmpty();
        assertThat(config.messageType()).isEmpty();
        assertThat(config.correlationId()).isEmpty();
        assertThat(config.logonOptions()).isEmpty();
    }

    @Test
    void the_authors_file_on_the_class_path_is_read() {
        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .classPath(MemoryClassPath.with("holdfast.app=orders\nholdfast.connect.timeout=3s\n"))
                .load();

        assertThat(config.identity().app()).isEqualTo("orders");
        assertThat(config.options().timeouts().connect()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.describe()).contains("\"3s\"  [memory:/app.jar!/holdfast.properties:2]");
    }

    @Test
    void the_operators_file_named_by_a_variable_is_read() throws Exception {
        Path file = write("# ours\nholdfast.servers = tcp://a:9007/amps/json, \\\n   tcps://b:9008/amps\n");

        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .environment(Map.of("HOLDFAST_CONFIG", file.toString()))
                .load();

        assertThat(config.servers())
                .containsExactly(Endpoint.parse("tcp://a:9007/amps/json"), Endpoint.parse("tcps://b:9008/amps"));
        assertThat(config.describe()).contains("[" + file + ":2]").contains("[environment variable HOLDFAST_CONFIG]");
    }

    @Test
    void the_file_on_the_class_path_may_name_the_operators_file() throws Exception {
        Path file = write("holdfast.app=from-file\n");

        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .classPath(MemoryClassPath.with("holdfast.app=from-jar\nholdfast.config=" + file))
                .load();

        assertThat(config.identity().app()).isEqualTo("from-file");
    }

    @Test
    void of_two_named_files_the_stronger_layers_is_read() throws Exception {
        Path named = write("holdfast.app=right\n");

        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .environment(
                        Map.of("HOLDFAST_CONFIG", folder.resolve("never-read").toString()))
                .systemProperties(properties("holdfast.config", named.toString()))
                .load();

        assertThat(config.identity().app()).isEqualTo("right");
        assertThat(config.describe()).contains("[system property holdfast.config]");
    }

    @Test
    void variables_name_keys_with_dots_and_dashes() {
        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .environment(Map.of(
                        "HOLDFAST_CLIENT_NAME_TEMPLATE", "${app}.${slot}",
                        "HOLDFAST_IDENTITY_ON_COPY", "regenerate",
                        "HOLDFAST_LIMITS_MAX_FRAME_BYTES", "1MiB",
                        "HOLDFAST_HEARTBEAT_INTERVAL", "off"))
                .load();

        assertThat(config.identity().nameTemplate()).isEqualTo("${app}.${slot}");
        assertThat(config.identity().onCopy()).isEqualTo(IdentityOptions.OnCopy.REGENERATE);
        assertThat(config.options().limits().maxFrameBytes()).isEqualTo(1 << 20);
        assertThat(config.options().heartbeat()).isEqualTo(Heartbeat.OFF);
    }

    @Test
    void an_empty_variable_counts_as_not_set() {
        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .classPath(MemoryClassPath.with("holdfast.app=orders"))
                .environment(Map.of("HOLDFAST_APP", "", "HOLDFAST_CONFIG", " "))
                .load();

        assertThat(config.identity().app()).isEqualTo("orders");
    }

    @Test
    void system_properties_are_read_with_their_defaults() {
        Properties system = new Properties(properties("holdfast.app", "inherited"));
        system.setProperty("holdfast.close.timeout", "PT1M");
        system.put("holdfast.not-a-text", 42);

        HoldfastConfig config =
                ConfigLoader.empty("holdfast").systemProperties(system).load();

        assertThat(config.identity().app()).isEqualTo("inherited");
        assertThat(config.options().timeouts().close()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void code_beats_every_other_layer() {
        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .environment(Map.of("HOLDFAST_APP", "environment"))
                .systemProperties(properties("holdfast.app", "system"))
                .set("holdfast.app", "code")
                .load();

        assertThat(config.identity().app()).isEqualTo("code");
        assertThat(config.describe()).contains("= \"code\"  [code]");
    }

    @Test
    void code_may_name_the_file() throws Exception {
        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .file(write("holdfast.app=orders"))
                .environment(Map.of("HOLDFAST_CONFIG", "/never/read"))
                .load();

        assertThat(config.identity().app()).isEqualTo("orders");
    }

    @Test
    void a_bad_value_that_is_overridden_does_no_harm() {
        HoldfastConfig config = ConfigLoader.empty("holdfast")
                .classPath(MemoryClassPath.with("holdfast.connect.timeout=soon"))
                .environment(Map.of("HOLDFAST_CONNECT_TIMEOUT", "5s"))
                .load();

        assertThat(config.options().timeouts().connect()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void two_clients_in_one_process_have_a_prefix_each() throws Exception {
        Path file = write("""
                orders.app = orders
                orders.servers = tcp://a:9007/amps
                prices.app = prices
                prices.client.nme = typo of another client
                """);
        ConfigLoader orders = ConfigLoader.empty("orders")
                .environment(Map.of("HOLDFAST_CONFIG", file.toString(), "ORDERS_CONNECT_TIMEOUT", "1s"));
        ConfigLoader prices = ConfigLoader.empty("prices").environment(Map.of("PRICES_CONFIG", file.toString()));

        assertThat(orders.load().identity().app()).isEqualTo("orders");
        assertThat(orders.load().options().timeouts().connect()).isEqualTo(Duration.ofSeconds(1));
        assertThat(orders.load().prefix()).isEqualTo("orders");
        assertThatThrownBy(prices::load)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("prices.client.nme")
                .hasMessageContaining("did you mean prices.client.name?");
    }

    @Test
    void the_own_prefix_names_the_file_before_the_default_one() throws Exception {
        Path own = write("orders.app = own");

        HoldfastConfig config = ConfigLoader.empty("orders")
                .systemProperties(properties("holdfast.config", "/never/read"))
                .environment(Map.of("ORDERS_CONFIG", own.toString()))
                .load();

        assertThat(config.identity().app()).isEqualTo("own");
    }

    @Test
    void a_prefix_is_one_plain_word() {
        for (String bad : new String[] {"", "a.b", "Orders", "1st", "a_b", "x".repeat(33)}) {
            assertThatThrownBy(() -> ConfigLoader.empty(bad).load())
                    .isInstanceOf(IllegalArgumentException.class)
                    .isNotInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("a prefix is 1..32 characters");
        }
    }

    @Test
    void this_process_is_read_by_the_one_factory_that_does() {
        System.setProperty("layers-test.app", "from-this-process");
        try {
            assertThat(HoldfastConfig.load("layers-test").identity().app()).isEqualTo("from-this-process");
        } finally {
            System.clearProperty("layers-test.app");
        }
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("app.properties"), text);
    }

    private static Properties properties(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        return properties;
    }
}
