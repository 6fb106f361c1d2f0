package io.holdfast.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.samples.cli.ExitCode;
import io.holdfast.samples.doctor.DoctorExit;
import io.holdfast.samples.fake.MemoryBroker;
import io.holdfast.samples.fake.TestProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided before a connection is made. */
class HoldfastCliTest {

    private static final String SERVER = " --server tcp://localhost:9007/amps/json";

    private final MemoryBroker broker = new MemoryBroker();
    private final TestProcess process = new TestProcess(broker);

    @AfterEach
    void shut_down() {
        broker.shutDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "subscribe"})
    void a_name_is_never_made_up(String command) {
        assertThat(process.run(command + SERVER + " --topic t")).isEqualTo(ExitCode.USAGE.code());
        assertThat(process.errLines()).hasSize(1).first().asString().contains("--name", "holdfast " + command);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "publish --server tcp://localhost/amps --name n --topic t | the port is missing",
                "publish --server tcp://localhost:9007/amps?speed=9 --name n --topic t | unknown option 'speed'",
                "publish --server tcp://h:1/amps --name a[b --topic t | a client name holds no control characters",
                "publish --server tcp://h:1/amps --name n --topic t --rate 0 | --rate is above 0",
                "publish --server tcp://h:1/amps --name n --topic t --count 0 | --count is 1 or more",
                "publish --server tcp://h:1/amps --name n --topic t --timeout 1year | a duration is written as",
                "subscribe --server tcp://h:1/amps --name n --topic t --count 0 | --count is 1 or more",
                "subscribe --server tcp://h:1/amps --name n --topic t --count x | --count",
                "subscribe --server tcp://h:1/amps --name n --topic t --heartbeat 0.5s | a heartbeat interval",
                "subscribe --server tcp://h:1/amps --name n --topic t --tls-ca ca.pem | starts with tcps://",
                "subscribe --server tcps://h:1/amps --name n --topic t --tls-cert c.pem | go together",
                "subscribe --server tcps://h:1/amps --name n --topic t --tls-ca /no/such.pem | cannot read /no/such.pem",
                "subscribe --server tcp://h:1/amps --name n --topic t --password-file f | needs a user",
                "subscribe --server tcp://u@h:1/amps --name n --topic t --password-file /no/f | cannot read the password file",
                "subscribe --server tcp://u:p@h:1/amps --name n --topic t --password-file f | given twice",
                "demo --messages 0 | --messages is 1..250000",
                "demo --seconds 61 | --seconds is 1..60",
                "name | set holdfast.app",
                "name --config /no/such.properties | /no/such.properties",
                "broker --frobnicate | --frobnicate",
                "hash-password --iterations 1 | --iterations is",
                "frobnicate | frobnicate",
                "publish --server tcp://h:1/amps --name n --topic t --frobnicate | --frobnicate",
            })
    void a_wrong_command_line_is_one_line_and_code_two(String commandLine, String explanation) {
        assertThat(process.run(commandLine)).isEqualTo(ExitCode.USAGE.code());
        assertThat(process.errLines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("holdfast")
                .contains(explanation);
        assertThat(process.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "doctor | give either log files or --admin URL",
                "doctor a.log --admin http://h:8085 --name n | give either log files or --admin URL",
                "doctor --admin http://h:8085 | --admin needs --name N",
                "doctor --admin tcp://h:9007 --name n | an admin URL is written as http://host:port",
                "doctor --admin http://ann:s3cr3t@h:8085 --name n | an admin URL is written as",
                "doctor --zone Mars/Olympus a.log | Mars/Olympus",
                "doctor --since yesterday a.log | yesterday",
                "doctor --pattern-connect ( -- a.log | a pattern is no regular expression",
                "doctor --frobnicate | --frobnicate",
            })
    void a_wrong_command_line_of_doctor_has_another_code_since_two_is_an_answer(
            String commandLine, String explanation) {
        assertThat(process.run(commandLine)).isEqualTo(DoctorExit.USAGE);
        assertThat(process.errLines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("holdfast doctor")
                .contains(explanation)
                .doesNotContain("s3cr3t");
        assertThat(process.out()).isEmpty();
    }

    @Test
    void the_help_of_doctor_lists_its_own_codes() {
        assertThat(process.run("doctor --help")).isZero();
        for (String code : DoctorExit.listing().keySet()) {
            assertThat(process.out()).containsPattern("(?m)^\\s*" + code + "\\s+\\S");
        }
        assertThat(process.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void without_a_command_it_says_which_there_are() {
        assertThat(process.run("--debug")).isEqualTo(ExitCode.USAGE.code());
        assertThat(process.err()).contains("demo, broker, publish, subscribe, hold, name, doctor, hash-password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "publish --server tcp://ann:s3cr3t@localhost/amps --name n --topic t",
                "publish tcp://ann:s3cr3t@localhost:9007/amps",
                "subscribe --server tcp://ann:s3cr3t@h:9007/amps?bad=1 --name n --topic t",
                "subscribe --server tcp://ann:s3cr3t@h:90x/amps --name n --topic t --debug",
            })
    void no_mistake_makes_it_print_the_password(String commandLine) {
        assertThat(process.run(commandLine)).isEqualTo(ExitCode.USAGE.code());
        assertThat(process.out() + process.err()).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "publish", "subscribe", "name"})
    void help_goes_to_stdout_and_lists_every_exit_code(String command) {
        assertThat(process.run(command + " --help")).isZero();
        assertThat(process.err()).isEmpty();
        for (ExitCode each : ExitCode.values()) {
            assertThat(process.out()).containsPattern("(?m)^\\s*" + each.code() + "\\s+\\S");
        }
        assertThat(process.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "publish --version"})
    void the_version_names_ours_and_the_virtual_machine(String commandLine) {
        assertThat(process.run(commandLine)).isZero();
        assertThat(process.out()).startsWith("holdfast ").contains("Java ");
    }
}
