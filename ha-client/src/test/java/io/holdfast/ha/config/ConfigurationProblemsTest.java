package io.holdfast.ha.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.ha.config.ConfigurationException.Mistake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationProblemsTest {

    @TempDir
    Path folder;

    @Test
    void all_problems_of_all_layers_come_at_once() throws Exception {
        Path file = write("""
                # orders
                holdfast.servers = tcp://a:9007/amps, \\
                                   http://b:9008/amps
                holdfast.connect.timeout = 10

                holdfast.clinet.name = orders-1
                """);
        Properties system = new Properties();
        system.setProperty("holdfast.limits.max-frame-bytes", "1GiB");

        List<Mistake> problems = problemsOf(ConfigLoader.empty("holdfast")
                .file(file)
                .environment(Map.of("HOLDFAST_IDENTITY_ON_COPY", "ignore"))
                .systemProperties(system)
                .set("holdfast.tls.cert", "/c.pem"));

        assertThat(problems.stream().map(Mistake::text))
                .containsExactlyInAnyOrder(
                        "holdfast.servers = \"tcp://a:9007/amps, http://b:9008/amps\" (" + file
                                + ":2): server 2 of 2 is not an endpoint: the scheme is 'http' and must be tcp or tcps."
                                + " The form is tcp://[user[:password]@]host:port/amps[/message_type][?option=value&...]"
                                + "; allowed: tcp://[user[:password]@]host:port/amps[/type][?option=value&...], or tcps;"
                                + " separated by commas",
                        "holdfast.connect.timeout = \"10\" (" + file
                                + ":4): lacks its unit; allowed: 1ms..1d, with a unit: ms, s, m, h, d, or ISO-8601",
                        "holdfast.clinet.name = **** (" + file
                                + ":6): there is no such key; did you mean holdfast.client.name?",
                        "holdfast.identity.on-copy = \"ignore\" (environment variable HOLDFAST_IDENTITY_ON_COPY):"
                                + " is not one of the choices; allowed: refuse, regenerate, accept",
                        "holdfast.limits.max-frame-bytes = \"1GiB\" (system property holdfast.limits.max-frame-bytes):"
                                + " is out of range; allowed: 1..200000000 bytes, such as 65536, 64k, 16MiB",
                        "holdfast.tls.cert = \"/c.pem\" (code): needs holdfast.tls.key, which is not set");
    }

    @Test
    void bounds_of_the_back_off_and_of_reconnecting_must_agree_with_each_other() {
        assertThat(problemsOf(ConfigLoader.empty("holdfast")
                                .set("holdfast.backoff.initial", "30s")
                                .set("holdfast.reconnect", "never")
                                .set("holdfast.reconnect.max-attempts", "3"))
                        .stream()
                        .map(Mistake::text))
                .containsExactlyInAnyOrder(
                        "holdfast.backoff.initial = \"30s\" (code): is above holdfast.backoff.max, which is 20s",
                        "holdfast.reconnect.max-attempts = \"3\" (code): has no meaning with holdfast.reconnect = never");
        assertThat(problemsOf(ConfigLoader.empty("holdfast").set("holdfast.backoff.max", "100ms")).stream()
                        .map(Mistake::text))
                .containsExactly(
                        "holdfast.backoff.max = \"100ms\" (code): is below holdfast.backoff.initial, which is 200ms");
    }

    @Test
    void a_problem_carries_its_parts() {
        Mistake mistake = problemsOf(ConfigLoader.empty("holdfast").set("holdfast.servrs", "x"))
                .get(0);

        assertThat(mistake.key()).isEqualTo("holdfast.servrs");
        assertThat(mistake.source()).isEqualTo("code");
        assertThat(mistake.suggestion()).contains("holdfast.servers");
        assertThat(mistake.rawAllowed()).isNull();
        assertThat(mistake.what()).isEqualTo("there is no such key");
    }

    @Test
    void what_resembles_nothing_is_met_without_a_guess() {
        assertThat(problemsOf(ConfigLoader.empty("holdfast").set("holdfast.colour", "blue"))
                        .get(0)
                        .suggestion())
                .isEmpty();
    }

    @Test
    void a_key_in_the_wrong_case_is_a_typo_too() {
        assertThat(problemsOf(ConfigLoader.empty("holdfast").set("Holdfast.Client.nameTemplate", "x"))
                        .get(0)
                        .suggestion())
                .contains("holdfast.client.name-template");
    }

    @Test
    void a_key_that_stands_twice_in_a_file_is_a_problem() throws Exception {
        Path file = write("holdfast.app=a\nother.key=1\nother.key=2\nholdfast.app=b\n");

        assertThatThrownBy(ConfigLoader.empty("holdfast").file(file)::load)
                .hasMessage("the configuration 'holdfast' has a problem:\n  holdfast.app (" + file
                        + ":4): is set twice; first at line 1");
    }

    @Test
    void a_file_cannot_name_another_one() throws Exception {
        Path file = write("holdfast.config=/etc/other.properties\n");

        assertThatThrownBy(ConfigLoader.empty("holdfast").file(file)::load)
                .hasMessageContaining("a configuration file cannot name another one");
    }

    @Test
    void a_file_that_is_missing_or_no_file_is_named_with_who_named_it() {
        assertThatThrownBy(ConfigLoader.empty("holdfast").environment(Map.of("HOLDFAST_CONFIG", "/no/such/file"))::load)
                .hasMessageContaining("holdfast.config = \"/no/such/file\" (environment variable HOLDFAST_CONFIG):"
                        + " there is no such file");
        assertThatThrownBy(ConfigLoader.empty("holdfast").file(folder)::load)
                .hasMessageContaining("is not a regular file");
        assertThatThrownBy(ConfigLoader.empty("holdfast").set("holdfast.config", "a\0b")::load)
                .hasMessageContaining("is not a path");
    }

    @Test
    void a_file_that_is_not_utf8_is_refused_with_its_line() throws Exception {
        Path file = Files.write(
                folder.resolve("latin1.properties"),
                "holdfast.app=a\r\n# gr\u00fc\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(ConfigLoader.empty("holdfast").file(file)::load)
                .hasMessageContaining(file + ":2): the file is not UTF-8 from this line on");
    }

    @Test
    void a_malformed_escape_is_refused_with_its_line_and_the_rest_is_read_on() throws Exception {
        Path file = write("holdfast.app=a\nholdfast.state.dir=C:\\users\\hunter2\nholdfast.close.timeout=never\n");

        assertThatThrownBy(ConfigLoader.empty("holdfast").file(file)::load)
                .hasMessageContaining("2 problems")
                .hasMessageContaining(file + ":2): \\u is not followed by four hexadecimal digits")
                .hasMessageContaining("holdfast.close.timeout")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_backslash_that_was_taken_for_an_escape_is_noticed() throws Exception {
        assertThatThrownBy(ConfigLoader.empty("holdfast").file(write("holdfast.state.dir=C:\\temp"))::load)
                .hasMessageContaining("holds the control character U+0009; in a property file a backslash is written");
    }

    @Test
    void a_huge_file_is_refused_before_it_is_read() throws Exception {
        Path file = folder.resolve("huge.properties");
        Files.write(file, new byte[(1 << 20) + 1]);

        assertThatThrownBy(ConfigLoader.empty("holdfast").file(file)::load)
                .hasMessageContaining("the file is larger than 1048576 bytes");
    }

    @Test
    void a_byte_order_mark_is_not_part_of_the_first_key() throws Exception {
        Path file = write("\uFEFFholdfast.app=orders");

        assertThat(ConfigLoader.empty("holdfast").file(file).load().identity().app())
                .isEqualTo("orders");
    }

    @Test
    void a_key_without_a_value_is_a_problem_outside_the_environment() {
        assertThatThrownBy(ConfigLoader.empty("holdfast").set("holdfast.app", "  ")::load)
                .hasMessageContaining("has no value; leave the key out for its default");
    }

    @Test
    void values_that_need_each_other_are_asked_for_together() {
        List<Mistake> problems = problemsOf(ConfigLoader.empty("holdfast")
                .set("holdfast.client.password", "hunter2")
                .set("holdfast.client.instance", "0")
                .set("holdfast.identity.kubernetes", "true")
                .set("holdfast.tls.key-password", "hunter2"));

        assertThat(problems.stream().map(Mistake::text))
                .containsExactly(
                        "holdfast.client.password = **** (code): needs holdfast.client.user, which is not set",
                        "holdfast.tls.key-password = **** (code): needs holdfast.tls.key, which is not set",
                        "holdfast.client.instance = \"0\" (code): needs holdfast.app, which is not set",
                        "holdfast.identity.kubernetes = \"true\" (code): needs holdfast.app, which is not set");
    }

    @Test
    void a_needed_value_that_is_malformed_is_told_once() {
        assertThat(problemsOf(ConfigLoader.empty("holdfast")
                        .set("holdfast.app", "a[b]")
                        .set("holdfast.client.instance", "0")))
                .extracting(Mistake::key)
                .containsExactly("holdfast.app");
    }

    @Test
    void a_thousand_problems_do_not_make_a_thousand_lines() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            text.append("holdfast.nonsense").append(i).append("=x\n");
        }

        ConfigurationException e = catchThrowableOfType(
                ConfigurationException.class, ConfigLoader.empty("holdfast").file(write(text.toString()))::load);

        assertThat(e.problems()).hasSize(1_000);
        assertThat(e.getMessage().lines()).hasSize(52);
        assertThat(e).hasMessageEndingWith("and 950 more");
    }

    @Test
    void text_from_outside_cannot_break_a_line() {
        assertThatThrownBy(ConfigLoader.empty("holdfast").set("holdfast.evil\nERROR forged", "x")::load)
                .hasMessageContaining("holdfast.evil\\nERROR forged");
        assertThatThrownBy(ConfigLoader.empty("holdfast").set("holdfast.identity.mode", "x\nERROR forged")::load)
                .hasMessageContaining("\"x\\nERROR forged\"");
    }

    private static List<Mistake> problemsOf(ConfigLoader loader) {
        return catchThrowableOfType(ConfigurationException.class, loader::load).problems();
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.resolve("app.properties"), text);
    }
}
