package io.holdfast.samples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.samples.fake.MemoryBroker;
import io.holdfast.samples.fake.TestProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs in their documented forms, kept as files, and what is read out of them. */
class GoldenLogsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "broker-collision.log                       | 2 | orders-gateway | name-collision | proved   | 12",
                "broker-collision.log.gz                    | 2 | orders-gateway | name-collision | proved   | 12",
                "broker-collision-no-identities.log         | 2 | orders-gateway | name-collision | likely   | 9",
                "holdfast-verdict.log                       | 2 | orders.app-13.0-k3f9 | name-collision | proved | 3",
                "holdfast-silent.log                        | 2 | orders.app-13.0-k3f9 | silent-collision | proved | 0",
                "bare-log4j-a.log bare-epoch-b.log          | 2 | *              | name-collision | likely   | 39",
                "bare-epoch-b.log bare-log4j-a.log          | 2 | *              | name-collision | likely   | 39",
                "bare-jul-single.log                        | 2 | *              | name-collision | possible | 19",
                "bare-broker-restarts.log                   | 0 | *              | broker-restart | likely   | 6",
            })
    void a_log_tells_its_story(String files, int exit, String name, String cause, String certainty, long losses)
            throws Exception {
        JsonNode document = json(exit, files, " --zone UTC");

        JsonNode finding = document.at("/findings/0");
        assertThat(document.path("findings")).hasSize(1);
        assertThat(document.path("complete").asBoolean()).isTrue();
        assertThat(finding.path("cause").asText()).isEqualTo(cause);
        assertThat(finding.path("certainty").asText()).isEqualTo(certainty);
        assertThat(finding.path("losses").asLong()).isBetween(losses, losses + 1);
        assertThat(name.equals("*") || finding.path("client_name").asText().equals(name))
                .isTrue();
        assertThat(finding.path("remedy")).isNotEmpty();
    }

    @Test
    void both_sides_of_a_fight_are_named_with_host_and_pid() throws Exception {
        String text = text(2, "broker-collision.log", "");

        assertThat(text)
                .contains("NAME COLLISION (proved)  client name orders-gateway")
                .contains("12 evictions")
                .contains("2026-01-20T10:02:41Z to 2026-01-20T10:02:48.150Z")
                .contains("host=app-12 pid=4411")
                .contains("host=app-13 pid=920")
                .contains("lost the name 6 times")
                .contains("holdfast.app")
                .doesNotContain("prices");
    }

    @Test
    void the_verdict_of_a_client_names_its_rival_and_its_advice() throws Exception {
        JsonNode finding = json(2, "holdfast-verdict.log", "").at("/findings/0");

        assertThat(finding.at("/participants/0/host").asText()).isEqualTo("app-13");
        assertThat(finding.at("/participants/1/host").asText()).isEqualTo("app-12");
        assertThat(finding.at("/participants/1/pid").asLong()).isEqualTo(4411);
        assertThat(finding.at("/participants/1/address").asText()).isEqualTo("10.1.4.22:53112");
        assertThat(finding.at("/remedy/0").asText()).contains("unset holdfast.client.name");
    }

    @Test
    void a_silent_collision_is_told_as_one_that_nobody_is_evicted_in() {
        assertThat(text(2, "holdfast-silent.log", ""))
                .contains("SILENT COLLISION (proved)  client name orders.app-13.0-k3f9")
                .contains("how often  nobody was evicted")
                .contains("host=app-13 pid=920", "host=app-12 pid=4411 address=10.1.4.22:53112")
                .contains("foreign-nonce", "and nobody was evicted")
                .contains("Stop one of the two", "without a transaction log", "Two brokers")
                .doesNotContain("evictions", "lost the name", "unknown", "suspect", "No collision");
    }

    @Test
    void slow_silent_and_kicked_clients_and_a_replaced_ghost_are_no_collision() throws Exception {
        JsonNode document = json(0, "broker-other-causes.log", "");

        assertThat(document.path("collision").asBoolean()).isFalse();
        assertThat(document.path("findings"))
                .extracting(each -> each.path("client_name").asText() + " "
                        + each.path("cause").asText())
                .containsExactlyInAnyOrder("desk-7 slow-client", "feed-3 heartbeat", "night network");
    }

    @Test
    void what_others_wrote_cannot_reach_the_terminal() throws Exception {
        String text = text(2, "forged.log", "");
        assertThat(text).contains("client name evil\\u001b[31m\\u202eRED").contains("1 lines were cut");
        assertThat(text.chars().filter(c -> c != '\n')).allMatch(c -> c >= ' ' && c < 0x7f);
        assertThat(text).doesNotContain("\n2026-01-20T11:02:41.0000000+01:00 [4]");

        TestProcess process = process();
        assertThat(process.run("doctor --json " + golden("forged.log"))).isEqualTo(2);
        assertThat(process.out().chars().filter(c -> c != '\n')).allMatch(c -> c >= ' ' && c < 0x7f);
    }

    @Test
    void a_name_and_a_time_narrow_it() throws Exception {
        text(0, "broker-collision.log", " --name prices");
        text(0, "broker-collision.log", " --since 2026-01-20T10:02:48Z");
        text(0, "broker-collision.log", " --until 2026-01-20T11:02:41+01:00");
        text(2, "broker-collision.log", " --since 2026-01-20T10:02:40Z --until 2026-01-20T10:02:47Z");
    }

    @Test
    void a_times_zone_without_one_is_what_the_user_says() throws Exception {
        JsonNode finding =
                json(2, "bare-log4j-a.log bare-epoch-b.log", " --zone +05:30").at("/findings/0");
        // The clocks then differ by the zone, and the two are found to take turns all the same.
        assertThat(finding.path("certainty").asText()).isEqualTo("likely");
        assertThat(finding.path("why").toString()).contains("1980").contains("the clock of");
    }

    @Test
    void a_users_own_words_are_known_too() throws Exception {
        Path log = folder.resolve("own.log");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append(
                    "2026-01-20T10:00:%02dZ LINK UP\n2026-01-20T10:00:%02dZ LINK DOWN\n".formatted(i * 2, i * 2 + 1));
        }
        Files.writeString(log, text);
        TestProcess without = process();
        assertThat(without.run("doctor " + log)).isZero();
        TestProcess with = process();
        assertThat(with.run("doctor --pattern-disconnect (?i)link.down --pattern-connect LINK.UP -- " + log))
                .isEqualTo(2);
    }

    @Test
    void a_file_that_is_not_there_is_told_and_the_others_are_read() throws Exception {
        TestProcess process = process();
        assertThat(process.run("doctor /no/such.log " + golden("bare-broker-restarts.log")))
                .isEqualTo(8);
        assertThat(process.errLines())
                .containsExactly("holdfast doctor: cannot read /no/such.log: there is no such file");
        assertThat(process.out()).contains("BROKER RESTART");
        TestProcess found = process();
        assertThat(found.run("doctor /no/such.log " + golden("broker-collision.log")))
                .isEqualTo(2);
    }

    @Test
    void a_gzip_file_that_was_cut_is_read_as_far_as_it_goes() throws Exception {
        byte[] whole = Files.readAllBytes(golden("broker-collision.log.gz"));
        Path cut = folder.resolve("cut.gz");
        Files.write(cut, Arrays.copyOf(whole, whole.length - 20));
        TestProcess process = process();
        int exit = process.run("doctor " + cut);
        assertThat(process.err()).contains("cannot read " + cut);
        assertThat(exit).isIn(2, 8);
    }

    @Test
    void standard_input_is_a_log_too() throws Exception {
        TestProcess process =
                process().in(new ByteArrayInputStream(Files.readAllBytes(golden("broker-collision.log.gz"))));
        assertThat(process.run("doctor -")).isEqualTo(2);
        assertThat(process.out()).contains("orders-gateway");
    }

    @Test
    void one_file_given_twice_is_read_once() throws Exception {
        String path = golden("broker-collision.log").toString();
        TestProcess process = process();
        assertThat(process.run("doctor " + path + " " + path)).isEqualTo(2);
        assertThat(process.out()).contains("12 evictions");
    }

    @ParameterizedTest
    @CsvSource({"empty, ''", "blank, ' '", "nothing, 'no time here, disconnected'"})
    void a_log_that_says_nothing_has_nothing_to_find(String name, String content) throws Exception {
        Path file = Files.writeString(folder.resolve(name), content);
        TestProcess process = process();
        assertThat(process.run("doctor " + file)).isZero();
        assertThat(process.out()).contains("No collision");
    }

    private static JsonNode json(int exit, String files, String options) throws IOException {
        TestProcess process = process();
        assertThat(process.run("doctor --json" + options + paths(files))).isEqualTo(exit);
        assertThat(process.err()).isEmpty();
        return new ObjectMapper().readTree(process.out());
    }

    private static String text(int exit, String files, String options) {
        TestProcess process = process();
        assertThat(process.run("doctor" + options + paths(files))).isEqualTo(exit);
        assertThat(process.err()).isEmpty();
        return process.out();
    }

    private static String paths(String files) {
        StringBuilder paths = new StringBuilder();
        Stream.of(files.trim().split(" ")).forEach(each -> paths.append(' ').append(golden(each)));
        return paths.toString();
    }

    private static Path golden(String file) {
        try {
            return Path.of(GoldenLogsTest.class.getResource(file).toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static TestProcess process() {
        return new TestProcess(new MemoryBroker());
    }
}
