package io.holdfast.samples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.samples.fake.MemoryBroker;
import io.holdfast.samples.fake.TestProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each line that a client writes about its name counts for, as the only one in its log and beside other evidence. */
class OwnCodesTest {

    private static final String SUSPICION = "the client itself began to suspect a rival";
    private static final String DIAGNOSIS =
            "client_name=orders evictions=%d within=0.7s server=tcp://amps1:9007 sessions_ms=31,180"
                    + " proof=foreign-nonce control=up rival_host=app-12 rival_pid=4411 rival_since=09:14:02Z"
                    + " rival_address=10.1.4.22:53112 self_host=app-13 self_pid=920 self_since=10:02:41Z action=standby"
                    + " winner=rival(senior) store_pending=0 in_doubt=0 name_source=holdfast.client.name fix=\"give each instance its"
                    + " own name\" see=docs/name-in-use.md";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HF-3003 name-collision confirmed | name-collision   | 3",
                "HF-3005 name-yielded             | name-collision   | 3",
                "HF-3008 silent-collision         | silent-collision | 0",
                "HF-2020 identity-lost            | name-collision   | 0",
            })
    void a_verdict_alone_is_proof_and_names_both(String code, String cause, long losses) throws IOException {
        JsonNode finding = only(2, line(code + " " + DIAGNOSIS.formatted(3)));

        assertThat(finding.path("cause").asText()).isEqualTo(cause);
        assertThat(finding.path("certainty").asText()).isEqualTo("proved");
        assertThat(finding.path("losses").asLong()).isEqualTo(losses);
        assertThat(finding.at("/participants/0/host").asText()).isEqualTo("app-13");
        assertThat(finding.at("/participants/1/host").asText()).isEqualTo("app-12");
        assertThat(finding.at("/participants/1/pid").asLong()).isEqualTo(4411);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HF-3001 session-closed client_name=orders server=a:1 life_ms=31 evictions=1 fast=1.00 slow=1.00    | true",
                "HF-3002 name-collision suspected client_name=orders server=a:1 evictions=3 within_ms=700 fast=2.97 | true",
                "HF-3004 no-collision client_name=orders server=a:1 classification=network why=\"cut\" fast=2 slow=2 | false",
                "HF-3006 standby-logon client_name=orders server=a:1 occasion=holder-gone                           | false",
                "HF-3007 name-kept client_name=orders server=a:1 held_s=60                                         | false",
                "HF-3009 client-status-unreadable client_name=orders server=a:1 why=\"not entitled\" fix=\"entitle\"   | false",
                "HF-3010 collision-policy-not-followed client_name=orders server=a:1 policy=rename action=standby   | false",
                "HF-3012 collision-handler-failed client_name=orders                                               | false",
            })
    void any_other_line_finds_nothing_alone_and_counts_as_suspicion_only_if_it_is_one(String said, boolean suspicion)
            throws IOException {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            many.add(line(said));
        }
        assertThat(document(0, many).path("findings")).isEmpty();

        JsonNode beside = only(2, line(said), line("HF-3003 name-collision confirmed " + DIAGNOSIS.formatted(3)));
        assertThat(beside.path("why").toString().contains(SUSPICION)).isEqualTo(suspicion);
    }

    @Test
    void a_fight_that_was_silent_first_is_a_fight() throws IOException {
        JsonNode finding = only(
                2,
                line("HF-3008 silent-collision " + DIAGNOSIS.formatted(0)),
                line("HF-3003 name-collision confirmed " + DIAGNOSIS.formatted(4)));

        assertThat(finding.path("cause").asText()).isEqualTo("name-collision");
        assertThat(finding.path("losses").asLong()).isEqualTo(4);
        assertThat(finding.path("why").toString()).contains("nobody was evicted");
    }

    @Test
    void sessions_that_end_by_themselves_beside_a_silent_collision_are_no_evictions() throws IOException {
        JsonNode finding = only(
                2,
                line("HF-3008 silent-collision " + DIAGNOSIS.formatted(2)),
                line("HF-2202 connection-lost client_name=orders server=a:1 cause=PEER_CLOSED lifetime_ms=60000"));

        assertThat(finding.path("cause").asText()).isEqualTo("silent-collision");
        assertThat(finding.path("losses").asLong()).isZero();
    }

    @Test
    void a_rival_that_is_no_program_of_ours_is_told_by_its_address_and_its_own_words() throws IOException {
        String plain = DIAGNOSIS
                .formatted(3)
                .replace(
                        "rival_host=app-12 rival_pid=4411 rival_since=09:14:02Z",
                        "rival_host=- rival_pid=- rival_since=-")
                .replace("10.1.4.22:53112", "10.1.4.22:53112 rival_correlation_id=\"desk 7\"");
        JsonNode rival =
                only(2, line("HF-3003 name-collision confirmed " + plain)).at("/participants/1");

        assertThat(rival.path("address").asText()).isEqualTo("10.1.4.22:53112");
        assertThat(rival.path("correlation_id").asText()).isEqualTo("desk 7");
        assertThat(rival.path("host").isNull()).isTrue();
    }

    private static String line(String said) {
        return "2026-01-20T10:02:42.390Z WARN " + said.trim();
    }

    private JsonNode only(int exit, String... lines) throws IOException {
        JsonNode findings = document(exit, List.of(lines)).path("findings");
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private JsonNode document(int exit, List<String> lines) throws IOException {
        Path log = Files.write(folder.resolve("client.log"), lines);
        TestProcess process = new TestProcess(new MemoryBroker());
        assertThat(process.run("doctor --json " + log)).isEqualTo(exit);
        return new ObjectMapper().readTree(process.out());
    }
}
