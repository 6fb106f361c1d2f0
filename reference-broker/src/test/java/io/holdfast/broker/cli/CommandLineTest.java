package io.holdfast.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.broker.BrokerConfig;
import io.holdfast.broker.JournalOptions;
import io.holdfast.broker.ReferenceBroker;
import io.holdfast.broker.internal.auth.PasswordHash;
import io.holdfast.client.connect.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Flags, properties, exit codes, and the line of a password. */
class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void a_flag_wins_over_a_system_property_and_that_over_the_file() throws Exception {
        Path file = Files.writeString(
                folder.resolve("broker.properties"),
                "holdfast.broker.port=1\nholdfast.broker.admin-port=2\nholdfast.broker.transaction-log=false\n");
        System.setProperty("holdfast.broker.admin-port", "3");
        System.setProperty("holdfast.broker.instance", "property");
        try {
            CommandLine command = BrokerCommand.commandLine();
            command.parseArgs("--config", file.toString(), "--instance", "flag");
            BrokerConfig config = ((BrokerCommand) command.getCommand()).configuration();
            assertThat(config.port()).isEqualTo(1);
            assertThat(config.adminPort()).isEqualTo(3);
            assertThat(config.instance()).isEqualTo("flag");
            assertThat(config.transactionLog()).isFalse();
            assertThat(config.bind()).isEqualTo("127.0.0.1");
        } finally {
            System.clearProperty("holdfast.broker.admin-port");
            System.clearProperty("holdfast.broker.instance");
        }
    }

    @Test
    void sizes_and_ages_of_the_journal_are_written_as_people_write_them() {
        CommandLine command = BrokerCommand.commandLine();
        command.parseArgs(
                "--data=d", "--journal-segment=512k", "--journal-retain=2g", "--journal-retain-age=7d", "--repair");
        BrokerConfig config = ((BrokerCommand) command.getCommand()).configuration();
        assertThat(config.journal())
                .isEqualTo(new JournalOptions(512 << 10, 2L << 30, Optional.of(Duration.ofDays(7)), true));

        assertThat(run("--journal-segment=64x")).isEqualTo(2);
        assertThat(run("--journal-retain=1k")).isEqualTo(2);
        assertThat(run("--journal-retain-age=0s")).isEqualTo(2);
        assertThat(err.toString()).contains("512k, 64m or 4g").contains("at least one segment");
    }

    @Test
    void each_mistake_is_one_line_and_a_documented_code() throws Exception {
        Path wrongKey = Files.writeString(folder.resolve("wrong"), "holdfast.broker.prot=1\n");
        Path wrongUsers = Files.writeString(folder.resolve("users"), "alice\n");
        try (ReferenceBroker taken = ReferenceBroker.start(BrokerConfig.defaults())) {
            assertThat(run("--port", "x")).isEqualTo(2);
            assertThat(run("--config", wrongKey.toString())).isEqualTo(2);
            assertThat(run("--port", "0", "--instance", "a b")).isEqualTo(2);
            assertThat(run("--port", Integer.toString(taken.port()))).isEqualTo(3);
            assertThat(run("--port", "0", "--users", wrongUsers.toString())).isEqualTo(4);
            assertThat(run("--port", "0", "--tls-cert", wrongUsers.toString(), "--tls-key", wrongUsers.toString()))
                    .isEqualTo(5);
        }
        assertThat(err.toString().lines())
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).startsWith("holdfast-broker: "));
        assertThat(err.toString()).contains("unknown key 'holdfast.broker.prot'");
    }

    @Test
    void a_hashed_password_opens_the_broker_and_another_does_not() {
        InputStream stdin = System.in;
        System.setIn(new ByteArrayInputStream("s3cret\n".getBytes(StandardCharsets.UTF_8)));
        try {
            CommandLine command = new CommandLine(new HashPasswordCommand());
            command.setOut(new PrintWriter(out, true));
            assertThat(command.execute("--user", "alice", "--iterations", "1000"))
                    .isZero();
        } finally {
            System.setIn(stdin);
        }
        assertThat(out.toString()).matches("alice:\\{pbkdf2}1000\\$[A-Za-z0-9+/]+\\$[A-Za-z0-9+/]+\\R");
        PasswordHash hash = PasswordHash.parse(out.toString().strip().substring("alice:".length()));
        assertThat(hash.matches(Secret.of("s3cret"))).isTrue();
        assertThat(hash.matches(Secret.of("s3cre"))).isFalse();
    }

    private int run(String... arguments) {
        CommandLine command = BrokerCommand.commandLine();
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
