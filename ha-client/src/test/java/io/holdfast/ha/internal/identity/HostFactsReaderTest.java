package io.holdfast.ha.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.spi.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFactsReaderTest {

    @TempDir
    Path root;

    @Test
    void linux_says_it_all_in_files() throws Exception {
        write("etc/machine-id", "0123456789abcdef\n");
        write("proc/sys/kernel/random/boot_id", "b1f6a3c2-0d4e\n");
        write("proc/sys/kernel/hostname", "app-13\n");

        HostFacts facts = reader(Map.of("HOSTNAME", "other")).read(Clock.system());

        assertThat(facts.hostName()).isEqualTo("app-13");
        assertThat(facts.machineId()).isEqualTo("0123456789abcdef");
        assertThat(facts.bootId()).isEqualTo("b1f6a3c2-0d4e");
        assertThat(facts.pid()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void the_machine_id_may_be_where_dbus_keeps_it() throws Exception {
        write("etc/machine-id", "\n");
        write("var/lib/dbus/machine-id", "fedcba\n");

        assertThat(reader(Map.of()).machineId("app-13")).isEqualTo("fedcba");
    }

    @Test
    void elsewhere_the_host_name_stands_for_machine_and_boot() {
        HostFacts facts = reader(Map.of("COMPUTERNAME", "DESK-7")).read(Clock.system());

        assertThat(facts.hostName()).isEqualTo("DESK-7");
        assertThat(facts.machineId()).isEqualTo("host:DESK-7");
        assertThat(facts.bootId()).isEqualTo("host:DESK-7");
    }

    @Test
    void without_any_name_the_resolver_is_asked_and_may_fail() {
        assertThat(reader(Map.of()).hostName()).isNotEmpty();
    }

    private HostFactsReader reader(Map<String, String> environment) {
        return new HostFactsReader(root, environment::get);
    }

    private void write(String file, String text) throws Exception {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
