package io.holdfast.ha.internal.collision;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.collision.Classification;
import io.holdfast.client.collision.PartyIdentity;
import io.holdfast.ha.identity.NameSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemedyTest {

    private static final PartyIdentity SELF = party("app-13", 920);

    @Test
    void an_explicit_name_on_two_hosts_wants_a_name_for_each_instance() {
        assertThat(remedy(NameSource.EXPLICIT, party("app-12", 4411)))
                .isEqualTo("give each instance its own name: unset holdfast.client.name and set holdfast.app, or set"
                        + " holdfast.client.instance");
    }

    @Test
    void a_second_process_on_this_host_is_named_by_its_pid() {
        assertThat(remedy(NameSource.EXPLICIT, party("app-13", 17)))
                .startsWith("stop pid 17 on this host if it is a left-over, else give each instance");
    }

    @Test
    void one_host_name_and_one_pid_are_two_containers() {
        assertThat(remedy(NameSource.INSTANCE, party("app-13", 920))).contains("different containers");
    }

    @Test
    void a_program_of_another_kind_is_found_by_its_address() {
        PartyIdentity stranger = new PartyIdentity(null, -1, null, null, "10.0.0.9:5\n", "x");

        assertThat(remedy(NameSource.EXPLICIT, stranger))
                .startsWith("find the program that connects from 10.0.0.9:5\\n;");
    }

    @Test
    void a_generated_name_on_two_hosts_comes_from_a_clone() {
        assertThat(remedy(NameSource.SLOT, party("app-12", 1))).contains("cloned");
        assertThat(remedy(NameSource.SLOT, party("app-13", 1))).contains("holdfast.state.dir");
    }

    @ParameterizedTest
    @EnumSource(NameSource.class)
    void every_source_of_a_name_has_a_remedy_that_fits_into_quotes(NameSource source) {
        assertThat(remedy(source, PartyIdentity.UNKNOWN))
                .isNotBlank()
                .doesNotContain("\"")
                .doesNotContain("\n");
        assertThat(Remedy.of(source, SELF, PartyIdentity.UNKNOWN, Classification.SILENT_COLLISION))
                .contains("stop one of the two");
    }

    private static String remedy(NameSource source, PartyIdentity rival) {
        return Remedy.of(source, SELF, rival, Classification.COLLISION);
    }

    private static PartyIdentity party(String host, long pid) {
        return new PartyIdentity(host, pid, null, "0123456789abcdef", null, null);
    }
}
